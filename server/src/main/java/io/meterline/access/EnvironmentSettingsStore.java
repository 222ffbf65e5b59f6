package io.meterline.access;

import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** The settings of the environments, kept in the control database and in memory. */
public final class EnvironmentSettingsStore {

    private final ControlDatabase database;
    private final EnvironmentSettings defaults;
    private final ConcurrentHashMap<Environment, EnvironmentSettings> cached = new ConcurrentHashMap<>();

    /**
     * Settings with a default tolerance.
     *
     * @param futureTolerance of an environment that has not set its own, see {@code push.future_tolerance}
     */
    public EnvironmentSettingsStore(ControlDatabase database, Duration futureTolerance) {
        this.database = database;
        this.defaults = new EnvironmentSettings(EnvironmentSettings.ExcessDigits.REJECT, futureTolerance, true);
    }

    /** What is set now; the defaults where nothing was. */
    public EnvironmentSettings get(Environment environment) {
        EnvironmentSettings known = cached.get(environment);
        return known != null ? known : cached.computeIfAbsent(environment, this::load);
    }

    /** What holds where nothing was set. */
    public EnvironmentSettings defaults() {
        return defaults;
    }

    /** Sets everything of an environment. Every {@link #get} after this has returned sees it. */
    public EnvironmentSettings put(Environment environment, EnvironmentSettings settings) {
        return change(environment, _ -> settings);
    }

    /** Makes other settings of those that hold; nobody else changes them meanwhile. Else as {@link #put}. */
    public EnvironmentSettings change(Environment environment, UnaryOperator<EnvironmentSettings> change) {
        EnvironmentSettings settings = database.write(handle -> {
            EnvironmentSettings changed = change.apply(read(handle, environment));
            write(handle, environment, changed);
            return changed;
        });
        cached.remove(environment);
        return settings;
    }

    private static void write(Handle handle, Environment environment, EnvironmentSettings settings) {
        handle.createUpdate("""
                        INSERT INTO environment_settings
                            (environment, excess_digits, future_tolerance, create_customers_on_push)
                        VALUES (:environment, :digits, :tolerance, :create)
                        ON CONFLICT (environment) DO UPDATE SET
                            excess_digits = excluded.excess_digits,
                            future_tolerance = excluded.future_tolerance,
                            create_customers_on_push = excluded.create_customers_on_push
                        """)
                .bind("environment", environment.text())
                .bind("digits", settings.excessDigits().text())
                .bind("tolerance", settings.futureTolerance().toString())
                .bind("create", settings.createCustomersOnPush())
                .execute();
    }

    private EnvironmentSettings load(Environment environment) {
        return database.read(handle -> read(handle, environment));
    }

    private EnvironmentSettings read(Handle handle, Environment environment) {
        return handle.createQuery("SELECT * FROM environment_settings WHERE environment = :e")
                .bind("e", environment.text())
                .map((row, _) -> new EnvironmentSettings(
                        EnvironmentSettings.ExcessDigits.of(row.getString("excess_digits")),
                        Duration.parse(row.getString("future_tolerance")),
                        row.getBoolean("create_customers_on_push")))
                .findOne()
                .orElse(defaults);
    }
}
