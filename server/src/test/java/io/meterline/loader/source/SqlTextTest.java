package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 1;",
                "select 1 ; ; -- done; really",
                "select 1 -- a; b",
                "select 1 /* a; /* nested; */ b; */",
                "select ';' , 'it''s; ok'",
                "select E'it\\'s; ok'",
                "select e'a'\n'\\'; still the string'",
                "select \"a;b\"",
                "select $$a; b$$, $tag$ ; $$ ; $tag$",
                "select $été$ ; $été$",
                "select 'ends in backslash\\'",
                "select ')' , (1)",
            })
    void oneStatementIsAccepted(String query) {
        SqlText text = SqlText.parse(query);

        assertThat(text.statement()).hasSameSizeAs(query);
        assertThat(text.skeleton()).hasSameSizeAs(query).doesNotContain(";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select 2",
                "select 1; drop table a",
                "select 'a\\'; drop table a; --'",
                "select E'a'\n'\\' , ' ; drop table x; --'",
                "select $$a$$; drop table a",
                "select a$$; drop table b; select $$",
                "select 1 /* a */; /* b */ drop table a",
                "select 1 --\n; drop table a",
                "select namee'\\'; drop table x --'",
            })
    void aSecondStatementIsRefused(String query) {
        assertThatThrownBy(() -> SqlText.parse(query))
                .isInstanceOfSatisfying(
                        RuleException.class,
                        e -> assertThat(e.code()).isIn("multiple_statements", "unterminated_query"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a",
                "select \"a",
                "select /* a",
                "select $$ a",
                "select (1",
                "select 1) to stdout",
                "select 1)) union ((select 1"
            })
    void whatIsLeftOpenIsRefused(String query) {
        assertThatThrownBy(() -> SqlText.parse(query))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("unterminated_query"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", ";", "-- nothing", "/* nothing */ ;"})
    void anEmptyQueryIsRefused(String query) {
        assertThatThrownBy(() -> SqlText.parse(query))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("empty_query"));
    }
}
