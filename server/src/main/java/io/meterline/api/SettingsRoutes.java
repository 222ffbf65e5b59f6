package io.meterline.api;

import io.meterline.access.EnvironmentSettings;
import io.meterline.access.EnvironmentSettings.ExcessDigits;
import io.meterline.access.EnvironmentSettingsStore;
import io.meterline.access.Scope;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/settings}: what is set for the caller's environment. */
public final class SettingsRoutes implements Routes.Source {

    private final EnvironmentSettingsStore settings;

    public SettingsRoutes(EnvironmentSettingsStore settings) {
        this.settings = settings;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("settings");
        routes.get("/v1/settings", Scope.READ, call -> Reply.ok(View.of(settings.get(call.environment()))));
        routes.put("/v1/settings", Scope.ADMIN, this::change);
    }

    private record Changes(
            @Nullable JsonNode excessDigits,
            @Nullable JsonNode futureTolerance,
            @Nullable JsonNode createCustomersOnPush) {

        EnvironmentSettings applyTo(EnvironmentSettings current, EnvironmentSettings defaults) {
            return new EnvironmentSettings(
                    digits(current.excessDigits(), defaults.excessDigits()),
                    tolerance(current.futureTolerance(), defaults.futureTolerance()),
                    create(current.createCustomersOnPush(), defaults.createCustomersOnPush()));
        }

        private ExcessDigits digits(ExcessDigits current, ExcessDigits defaults) {
            String text = Patch.text(excessDigits, "excess_digits", current.text());
            return switch (text) {
                case null -> defaults;
                case "reject" -> ExcessDigits.REJECT;
                case "round" -> ExcessDigits.ROUND;
                default -> throw Requests.invalid("excess_digits", "must be reject or round");
            };
        }

        private Duration tolerance(Duration current, Duration defaults) {
            String text = Patch.text(futureTolerance, "future_tolerance", current.toString());
            try {
                return text == null ? defaults : Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw Requests.invalid("future_tolerance", "must be an ISO 8601 duration such as P1D or PT30M");
            }
        }

        private boolean create(boolean current, boolean defaults) {
            Boolean wanted = Patch.bool(createCustomersOnPush, "create_customers_on_push", current);
            return wanted == null ? defaults : wanted;
        }
    }

    private record View(String excessDigits, String futureTolerance, boolean createCustomersOnPush) {
        static View of(EnvironmentSettings settings) {
            return new View(
                    settings.excessDigits().text(),
                    settings.futureTolerance().toString(),
                    settings.createCustomersOnPush());
        }
    }

    private Reply change(Call call) {
        Changes changes = call.json(Changes.class);
        EnvironmentSettings changed =
                settings.change(call.environment(), current -> changes.applyTo(current, settings.defaults()));
        return Reply.ok(View.of(changed));
    }
}
