package io.meterline.console.settings;

import io.meterline.access.Role;
import io.meterline.console.ApiFault;
import io.meterline.console.Choice;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.Tab;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is set for the environment, and where the settings begin. */
public final class EnvironmentPages implements Pages.Source {

    private static final String TARGET = "/v1/settings";

    @Override
    public void register(Pages pages) {
        pages.get(
                "/settings",
                visit -> new View.GoTo(
                        visit.path(SettingsTabs.first(visit.user().role()).path()), null));
        pages.get("/settings/environment", EnvironmentPages::show);
        pages.post("/settings/environment", Role.ADMIN, EnvironmentPages::save);
    }

    /** The settings, as the API answers them. */
    public record Settings(String excessDigits, String futureTolerance, boolean createCustomersOnPush) {}

    /**
     * The page.
     *
     * @param typed the fields of the form
     */
    public record EnvironmentPage(List<Tab> tabs, Fields typed, String seen, Refused refused, String curl) {

        /** Units of the tolerance. */
        public static final List<Choice> UNITS =
                List.of(new Choice("M", "minutes"), new Choice("H", "hours"), new Choice("D", "days"));

        public boolean is(String field, String value) {
            return typed.get(field).equals(value);
        }
    }

    private static View show(Visit visit) {
        JsonNode json = visit.api().json(TARGET);
        Settings settings = visit.api().get(TARGET, Settings.class);
        return page(visit, Fields.of(fields(settings)), Seen.of(json), Refused.NOTHING);
    }

    private static View save(Visit visit) {
        if (!Seen.still(visit, TARGET)) {
            return page(visit, visit.fields(), Seen.of(visit.api().json(TARGET)), Seen.changedMeanwhile());
        }
        try {
            visit.api().put(TARGET, body(visit.fields()), Settings.class);
            return View.goTo(visit.path("/settings/environment"), "Saved. It holds from the next request on.");
        } catch (ApiFault e) {
            return page(visit, visit.fields(), visit.fields().get(Seen.FIELD), Refused.by(e));
        }
    }

    private static View page(Visit visit, Fields fields, String seen, Refused refused) {
        EnvironmentPage page =
                new EnvironmentPage(SettingsTabs.ENVIRONMENT.tabs(visit), fields, seen, refused, visit.curl(TARGET));
        return SettingsTabs.ENVIRONMENT.view("environment", page, refused.any() ? 422 : 200);
    }

    static Map<String, String> fields(Settings settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("excess_digits", settings.excessDigits());
        if (settings.createCustomersOnPush()) {
            fields.put("create_customers_on_push", "true");
        }
        long minutes = minutes(settings.futureTolerance());
        boolean days = minutes % 1_440 == 0;
        boolean hours = minutes % 60 == 0;
        fields.put("tolerance_unit", days ? "D" : hours ? "H" : "M");
        fields.put("tolerance", Long.toString(days ? minutes / 1_440 : hours ? minutes / 60 : minutes));
        return fields;
    }

    static ObjectNode body(Fields fields) {
        String number = fields.get("tolerance");
        String tolerance = switch (fields.get("tolerance_unit")) {
            case "D" -> "P" + number + "D";
            case "H" -> "PT" + number + "H";
            default -> "PT" + number + "M";
        };
        return JsonNodeFactory.instance
                .objectNode()
                .put("excess_digits", fields.get("excess_digits"))
                .put("future_tolerance", tolerance)
                .put("create_customers_on_push", fields.isOn("create_customers_on_push"));
    }

    private static long minutes(String duration) {
        try {
            return Duration.parse(duration).toMinutes();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
