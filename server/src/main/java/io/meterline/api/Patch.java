package io.meterline.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of a change: one that is left out keeps its value, {@code null} empties it.
 *
 * <p>Such a field is declared as a node, since a node tells the two apart: left out it is Java's null.
 */
final class Patch {
    private Patch() {}

    static @Nullable String text(@Nullable JsonNode sent, String path, @Nullable String current) {
        if (sent == null) {
            return current;
        }
        if (sent.isNull()) {
            return null;
        }
        if (!sent.isString()) {
            throw Requests.invalid(path, "must be a string or null");
        }
        return sent.asString();
    }

    static @Nullable Boolean bool(@Nullable JsonNode sent, String path, @Nullable Boolean current) {
        if (sent == null) {
            return current;
        }
        if (sent.isNull()) {
            return null;
        }
        if (!sent.isBoolean()) {
            throw Requests.invalid(path, "must be true, false or null");
        }
        return sent.asBoolean();
    }

    static @Nullable ObjectNode object(@Nullable JsonNode sent, String path, @Nullable ObjectNode current) {
        if (sent == null) {
            return current;
        }
        if (sent.isNull()) {
            return null;
        }
        if (sent instanceof ObjectNode object) {
            return object;
        }
        throw Requests.invalid(path, "must be an object or null");
    }
}
