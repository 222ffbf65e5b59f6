package io.meterline.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.settings.JsonDiff.Row;
import org.junit.jupiter.api.Test;

/** What differs between two texts of JSON. */
final class JsonDiffTest {

    @Test
    void onlyFieldsThatDifferAreShownWhereverTheyAre() {
        JsonDiff diff = JsonDiff.of(
                "{\"name\":\"API\",\"prices\":[{\"amount\":\"1\",\"currency\":\"EUR\"}],\"scopes\":[\"read\"]}",
                "{\"name\":\"API\",\"prices\":[{\"amount\":\"2\",\"currency\":\"EUR\"}],\"scopes\":[\"read\",\"write\"]}");

        assertThat(diff.rows())
                .containsExactly(
                        new Row("prices[0].amount", "1", "2"), new Row("scopes", "[\"read\"]", "[\"read\",\"write\"]"));
        assertThat(diff.same()).isEqualTo(2);
    }

    @Test
    void whatIsNewHasNothingBefore() {
        assertThat(JsonDiff.of(null, "{\"id\":\"a\",\"gone\":null}").rows())
                .containsExactly(new Row("id", null, "a"), new Row("gone", null, "null"));
        assertThat(JsonDiff.of("{\"id\":\"a\"}", null).rows()).containsExactly(new Row("id", "a", null));
    }

    @Test
    void aTextThatWasCutIsShownAsItIs() {
        assertThat(JsonDiff.of("{\"a\":1, … cut off, of 20000 characters", "{}").raw())
                .isTrue();
    }
}
