package io.meterline.console.loader;

import io.meterline.console.Api;
import io.meterline.console.Choice;
import java.util.List;

/** All connections of an environment: there are at most 100. */
record Connections(List<Connection> all) {

    static Connections of(Api api) {
        return new Connections(
                api.get("/v1/connections?take=100", Connection.Listing.class).data());
    }

    List<Choice> choices() {
        return all.stream()
                .map(connection -> new Choice(connection.id(), connection.name()))
                .toList();
    }

    /** The name of one, and its id where it is gone. */
    String name(String id) {
        return all.stream()
                .filter(connection -> connection.id().equals(id))
                .map(Connection::name)
                .findFirst()
                .orElse(id);
    }

    String kind(String id) {
        return all.stream()
                .filter(connection -> connection.id().equals(id))
                .map(Connection::kind)
                .findFirst()
                .orElse("");
    }
}
