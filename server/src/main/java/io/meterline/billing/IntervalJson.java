package io.meterline.billing;

import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code {"period","count"}}. */
final class IntervalJson {

    private static final Set<String> FIELDS = Set.of("period", "count");

    private IntervalJson() {}

    /** The interval in the field {@code interval} of an object, one month where there is none. What is wrong is noted. */
    static Interval read(JsonNode node, String path, Problems problems) {
        JsonNode interval = node.path("interval");
        String at = JsonFields.join(path, "interval");
        if (interval.isMissingNode() || interval.isNull()) {
            return Interval.MONTHLY;
        }
        if (!interval.isObject()) {
            problems.add(at, "wrong_type", "this must be an object, as {\"period\":\"months\",\"count\":1}");
            return Interval.MONTHLY;
        }
        JsonFields.refuseUnknown(interval, at, FIELDS, problems);
        String unit = JsonFields.text(interval, at, "period", problems);
        JsonNode count = interval.path("count");
        boolean once = count.isMissingNode() || count.isNull();
        if (!once && !(count.isInt() && count.intValue() >= 1 && count.intValue() <= Interval.MAX_COUNT)) {
            problems.add(at + ".count", "invalid_value", "this is a whole number of 1 to " + Interval.MAX_COUNT);
            return Interval.MONTHLY;
        }
        Interval.Unit found = Interval.Unit.of(unit == null ? "" : unit).orElse(null);
        if (found == null) {
            problems.add(at + ".period", "invalid_value", "this is one of days, weeks, months, years");
            return Interval.MONTHLY;
        }
        return new Interval(found, once ? 1 : count.intValue());
    }

    static ObjectNode write(Interval interval) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("period", interval.unit().text())
                .put("count", interval.count());
    }
}
