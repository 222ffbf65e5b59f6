package io.meterline.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.settings.EnvironmentPages.Settings;
import io.meterline.http.Fields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of the settings. */
final class EnvironmentPagesTest {

    @ParameterizedTest
    @CsvSource({"PT24H, 1, D, P1D", "PT36H, 36, H, PT36H", "PT90M, 90, M, PT90M", "PT0S, 0, D, P0D"})
    void aDurationIsShownInItsLargestUnit(String set, String number, String unit, String sent) {
        var fields = EnvironmentPages.fields(new Settings("reject", set, true));

        assertThat(fields).containsEntry("tolerance", number).containsEntry("tolerance_unit", unit);
        assertThat(EnvironmentPages.body(Fields.of(fields))
                        .path("future_tolerance")
                        .asString())
                .isEqualTo(sent);
        assertThat(EnvironmentPages.body(Fields.of(fields))
                        .path("create_customers_on_push")
                        .asBoolean())
                .isTrue();
    }
}
