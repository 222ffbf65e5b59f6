package io.meterline.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request from the network, whose body is read slowly or not at all until a handler asks. */
record SentOverHttp(ServerRequest request, SlowCallers slowCallers, BodyMemory.Share memory) implements Sent {

    @Override
    public String target() {
        return request.prologue().uriPath().rawPath() + "?"
                + request.prologue().query().rawValue();
    }

    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public String caller() {
        return request.remotePeer().address() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : request.remotePeer().host();
    }

    @Override
    public boolean hasBody() {
        return request.content().hasEntity();
    }

    @Override
    public Body body(int maxBytes, List<String> accepted) {
        return Body.of(request, maxBytes, slowCallers, memory, accepted);
    }

    @Override
    public void form(FormParts parts) throws IOException {
        Form.read(request, slowCallers, parts);
    }
}
