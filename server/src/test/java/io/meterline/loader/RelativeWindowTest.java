package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.loader.source.SqlText;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelativeWindowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 where (updated_at + interval '60 minutes') > NOW() | PT1H",
                "select 1 where at > now() - interval '1 day 2 hours' | PT26H",
                "select 1 where at > current_timestamp - INTERVAL '01:30' | PT1H30M",
                "select 1 where at > now() - interval 'PT15M' | PT15M",
                "select 1 where at > now() - interval 90 minute | PT1H30M",
                "select 1 where at > now() - interval '2 weeks' and b < now() - interval '5 min' | PT5M",
                "select 1 where at > now() - interval '1 month' | PT672H",
                "select 1 where at < now() | PT0S",
                "select 1 where at > now() - interval 'a while' | PT0S",
            })
    void itsLengthIsRead(String query, Duration length) {
        assertThat(RelativeWindow.of(SqlText.parse(query)))
                .hasValueSatisfying(window -> assertThat(window.length()).isEqualTo(length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 'now()', 1 -- now() - interval '1 hour'",
                "select at + interval '1 hour'",
                "select known(), nowhere from a"
            })
    void otherQueriesHaveNone(String query) {
        assertThat(RelativeWindow.of(SqlText.parse(query))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 where (at + interval '60 minutes') > NOW() -- x | select 1 where (at + interval '36500 days') > NOW() -- x",
                "select 1 where at > now() - interval 90 minute | select 1 where at > now() - interval 36500 DAY",
            })
    void oneIntervalCanBeOpened(String query, String opened) {
        SqlText text = SqlText.parse(query);

        assertThat(RelativeWindow.of(text)
                        .orElseThrow()
                        .opened(text)
                        .orElseThrow()
                        .statement())
                .isEqualTo(opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1 where a < now()", "select now() - interval '1 h', now() - interval '2 h'"})
    void noneOrTwoCannot(String query) {
        SqlText text = SqlText.parse(query);

        assertThat(RelativeWindow.of(text).orElseThrow().opened(text)).isEmpty();
    }
}
