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
        routes.put("/v1/settings", Scope.ADMIN, this::put);
    }

    private record Wanted(
            @Nullable ExcessDigits excessDigits,
            @Nullable String futureTolerance,
            @Nullable Boolean createCustomersOnPush) {

        EnvironmentSettings settings() {
            return new EnvironmentSettings(
                    Requests.present(excessDigits, "excess_digits"),
                    duration(Requests.present(futureTolerance, "future_tolerance")),
                    Requests.present(createCustomersOnPush, "create_customers_on_push"));
        }

        private static Duration duration(String text) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw Requests.invalid("future_tolerance", "must be an ISO 8601 duration such as P1D or PT30M");
            }
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

    private Reply put(Call call) {
        EnvironmentSettings wanted = call.json(Wanted.class).settings();
        return Reply.ok(View.of(settings.put(call.environment(), wanted)));
    }
}
