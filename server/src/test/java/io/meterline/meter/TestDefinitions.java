package io.meterline.meter;

/** Definitions in a line. */
final class TestDefinitions {

    private TestDefinitions() {}

    static Definition of(String json) {
        return DefinitionJson.read(TestJson.tree(json));
    }

    static Definition count(String eventType) {
        return of("{\"name\":\"Count\",\"event_type\":\"" + eventType + "\",\"operation\":\"count\"}");
    }

    static Definition sum(String eventType, String property) {
        return of("{\"name\":\"Sum\",\"event_type\":\"" + eventType + "\",\"operation\":\"sum\",\"property\":\""
                + property + "\",\"unit_name\":\"unit\"}");
    }

    /** Over events of the type {@code usage}; the other fields as JSON text without braces. */
    static Definition usage(String fields) {
        return DefinitionJson.readInline(TestJson.tree("{\"event_type\":\"usage\"," + fields + "}"), "");
    }
}
