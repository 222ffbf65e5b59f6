package io.meterline.console.aggregator;

import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an aggregator that is not saved would measure: the last three months and some of the events that it counts. */
public final class Tries {

    private static final int MONTHS_BACK = 2;
    private static final int SAMPLES = 5;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final InstantSource clock;

    Tries(InstantSource clock) {
        this.clock = clock;
    }

    /** A month of the try, beside what the saved version says. */
    public record Month(
            String name, Figure figure, @Nullable Figure saved, boolean differs, long events) {}

    /**
     * A try.
     *
     * @param problem why there are no figures
     * @param waiting whether the form only lacks something yet
     * @param unfinished how many conditions were left out as they lack a property or a value
     */
    public record Try(
            @Nullable String problem,
            boolean waiting,
            int unfinished,
            @Nullable Usage usage,
            Figure total,
            @Nullable Figure allTime,
            List<Month> months,
            boolean comparing,
            @Nullable String property,
            List<Events.Item> samples,
            CustomerNames names,
            String curl) {}

    View show(Visit visit) {
        DefinitionForm form = DefinitionForm.of(visit.fields());
        FilterForm.Group finished = FilterForm.finished(form.filter());
        int unfinished = FilterForm.rows(form.filter()) - FilterForm.rows(finished);
        if (!form.canBeTried()) {
            return part(problem(missing(form), true, unfinished));
        }
        try {
            return part(tried(visit, form.with(finished), unfinished));
        } catch (ApiFault e) {
            return part(problem(e.detail().replace("aggregator.", ""), false, unfinished));
        }
    }

    private static View part(Try shown) {
        return View.part("aggregator/try.jte", shown);
    }

    private static String missing(DefinitionForm form) {
        if (form.eventType().isEmpty()) {
            return "Choose an event type, and its figures appear here.";
        }
        return form.operation() == Operation.FORMULA
                ? "Type a formula, such as price * quantity, and its figures appear here."
                : "Choose the property to look at, and its figures appear here.";
    }

    private static Try problem(String problem, boolean waiting, int unfinished) {
        return new Try(
                problem,
                waiting,
                unfinished,
                null,
                Figure.of(null),
                null,
                List.of(),
                false,
                null,
                List.of(),
                CustomerNames.NONE,
                "");
    }

    private Try tried(Visit visit, DefinitionForm form, int unfinished) {
        Instant now = clock.instant();
        Instant from = YearMonth.from(now.atZone(UTC))
                .minusMonths(MONTHS_BACK)
                .atDay(1)
                .atStartOfDay(UTC)
                .toInstant();
        Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        ObjectNode definition = form.json();
        definition.remove("name");
        ObjectNode body = question(definition).put("from", from.toString()).put("to", to.toString());
        Api api = visit.api();
        ObjectNode byMonth = body.deepCopy().put("window", "month");
        Usage usage = api.post("/v1/usage/query", byMonth, Usage.class);
        Events samples = api.post("/v1/usage/events", body.put("take", SAMPLES), Events.class);
        Figure allTime = form.operation().hasAllTime()
                ? Figure.of(api.post("/v1/usage/query", question(definition).put("mode", "all_time"), Usage.class)
                        .value())
                : null;
        Usage saved = visit.fields()
                .text("aggregator_id")
                .map(id -> saved(api, id, from, to))
                .orElse(null);
        return new Try(
                null,
                false,
                unfinished,
                usage,
                Figure.of(usage.value()),
                allTime,
                months(usage, saved),
                saved != null,
                form.operation().needsProperty() ? form.property() : null,
                samples.data(),
                CustomerNames.of(api, samples.data()),
                visit.curl("POST", "/v1/usage/query", byMonth.toString()));
    }

    private static ObjectNode question(ObjectNode definition) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("aggregator", definition);
        return body;
    }

    private static Usage saved(Api api, String id, Instant from, Instant to) {
        return api.get(
                "/v1/aggregators/%s/usage?from=%s&to=%s&window=month".formatted(Api.encode(id), from, to), Usage.class);
    }

    private static List<Month> months(Usage usage, @Nullable Usage saved) {
        List<Month> months = new ArrayList<>();
        for (int i = 0; i < usage.parts().size(); i++) {
            Usage.Window part = usage.parts().get(i);
            BigDecimal old = saved == null ? null : saved.parts().get(i).value();
            boolean differs = saved != null && !same(old, part.value());
            months.add(new Month(
                    Labels.full(part.from(), "month", UTC),
                    Figure.of(part.value()),
                    saved == null ? null : Figure.of(old),
                    differs,
                    part.events()));
        }
        return months.reversed();
    }

    private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return a.compareTo(b) == 0;
    }
}
