package io.meterline.console.simulation;

import io.meterline.console.Api;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What customers are called, each read once. */
final class CustomerNames {

    private final Api api;
    private final Map<String, String> names = new HashMap<>();

    private record Named(@Nullable String name) {}

    CustomerNames(Api api) {
        this.api = api;
    }

    /** The name of a customer, else its own id, else ours. */
    String of(String id, @Nullable String externalId) {
        return names.computeIfAbsent(
                id,
                _ -> api.find("/v1/customers/" + Api.encode(id), Named.class)
                        .map(Named::name)
                        .orElse(externalId == null ? id : externalId));
    }
}
