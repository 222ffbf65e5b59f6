package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that this process makes to itself, with a JSON body or none.
 *
 * @param headers by name as the handlers write it
 * @param json empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SentInside(String target, Map<String, String> headers, byte[] json) implements Sent {

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String caller() {
        return "localhost";
    }

    @Override
    public boolean hasBody() {
        return json.length > 0;
    }

    @Override
    public Body body(int maxBytes, List<String> accepted) {
        if (json.length > maxBytes) {
            throw new RuleException(
                    Kind.TOO_LARGE, "body_too_large", "This is larger than " + maxBytes + " bytes; send less at once.");
        }
        return new Body(Body.JSON, json);
    }

    @Override
    public void form(FormParts parts) {
        throw new IllegalStateException(target + " takes a form, which is not sent from inside");
    }
}
