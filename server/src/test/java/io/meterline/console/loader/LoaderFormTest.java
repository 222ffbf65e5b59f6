package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoaderFormTest {

    @Test
    void aLoaderWithoutANameIsCalledByItsEventType() {
        LoaderForm form = LoaderForm.of(Fields.of(Map.of(
                "connection_id", "con_1", "event_type", "api_calls", "query", "select 1\r\nas id", "refresh", "PT6H")));

        assertThat(form.json())
                .isEqualTo(Map.of(
                        "name", "api_calls",
                        "connection_id", "con_1",
                        "event_type", "api_calls",
                        "query", "select 1\nas id",
                        "refresh", "PT6H"));
    }

    @Test
    void aCronTextTakesThePlaceOfARate() {
        LoaderForm form = LoaderForm.of(Fields.of(Map.of("refresh", "cron", "cron", "0 6 * * 1-5")));

        assertThat(form.json()).containsEntry("refresh", "0 6 * * 1-5");
    }

    @Test
    void aCursorIsSentOnlyWhenItIsSwitchedOn() {
        Map<String, String> typed = Map.of("cursor_column", "updated_at", "full_reload", "P7D");
        Map<String, String> on = new java.util.HashMap<>(typed);
        on.put("incremental", "true");

        assertThat(LoaderForm.of(Fields.of(typed)).json()).doesNotContainKey("cursor");
        assertThat(LoaderForm.of(Fields.of(on)).json())
                .containsEntry("cursor", Map.of("column", "updated_at", "full_reload", "P7D"));
    }

    @Test
    void limitsMayHaveSeparators() {
        assertThat(LoaderForm.of(Fields.of(Map.of("max_rows", "1,000,000"))).json())
                .containsEntry("max_rows", 1_000_000L);
    }
}
