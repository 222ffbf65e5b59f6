package io.meterline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.access.EnvironmentSettings.ExcessDigits;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentSettingsStoreTest {

    private static final EnvironmentSettings DEFAULTS =
            new EnvironmentSettings(ExcessDigits.REJECT, Duration.ofDays(1), true);
    private static final EnvironmentSettings OTHERS =
            new EnvironmentSettings(ExcessDigits.ROUND, Duration.ofHours(2), false);

    @TempDir
    Path folder;

    @Test
    void whatIsPutIsSeenAtOnceInItsEnvironmentOnlyAndAfterARestart() {
        try (ControlDatabase database = ControlDatabase.open(folder, 1, 100)) {
            EnvironmentSettingsStore store = new EnvironmentSettingsStore(database, Duration.ofDays(1));
            assertThat(store.get(Environment.LIVE)).isEqualTo(DEFAULTS);

            store.put(Environment.LIVE, OTHERS);

            assertThat(store.get(Environment.LIVE)).isEqualTo(OTHERS);
            assertThat(store.get(Environment.TEST)).isEqualTo(DEFAULTS);
            store.put(Environment.TEST, OTHERS);
            store.put(Environment.TEST, DEFAULTS);
        }
        try (ControlDatabase database = ControlDatabase.open(folder, 1, 100)) {
            EnvironmentSettingsStore store = new EnvironmentSettingsStore(database, Duration.ofDays(9));
            assertThat(store.get(Environment.LIVE)).isEqualTo(OTHERS);
            assertThat(store.get(Environment.TEST)).isEqualTo(DEFAULTS);
        }
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new EnvironmentSettings(ExcessDigits.REJECT, Duration.ofDays(367), true))
                .hasMessageContaining("P366D");
        assertThatThrownBy(() -> ExcessDigits.of("cut")).hasMessageContaining("reject or round");
    }
}
