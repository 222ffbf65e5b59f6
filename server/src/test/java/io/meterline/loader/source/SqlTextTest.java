package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select 'it\\'s; fine' as id",
                "select `a;b` from c # it's a comment; really",
                "select \"say \\\"hi;\\\"\" as id",
            })
    void whereABackslashEscapesQuotesAreReadSo(String query) {
        assertThat(SqlText.parse(query, SqlRules.BACKSLASH).statement()).isEqualTo(query);
        assertThat(SqlText.parseForAny(query).statement()).isEqualTo(query);
        assertThatThrownBy(() -> SqlText.parse("select 'a\\'; drop table b; -- '"))
                .isInstanceOf(RuleException.class);
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 where a > :cursor",
                "select 1 where a>:cursor;",
                "select 1 where a > :cursor::timestamptz -- :cursor",
                "select 1 where a > :cursor/* :cursor */",
                "select ':cursor', \":cursor\", $$ :cursor $$, $a$ :cursor $a$, E'\\':cursor' where a > :cursor",
                "select a::cursor, a [1:cursor], b[x :cursor], :cursors, :cursor_, f(:cursor)",
                "select :cursor"
            })
    void aPlaceholderIsFoundWhereCodeIs(String query) {
        SqlText text = SqlText.parse(query);

        assertThat(text.placeholders()).hasSize(query.contains("[x :cursor]") ? 2 : 1);
        assertThat(text.uses(Placeholder.CURSOR)).isTrue();
        assertThat(text.uses(Placeholder.NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select '12:now', 'a:cursor', timestamp '2026-01-01 :last_run'",
                "select a::now, a[1:now], a[:now], a[(1):now], x:now, é:now, :nowé, :last_runs, : now, :Now"
            })
    void otherColonsAreNoPlaceholders(String query) {
        assertThat(SqlText.parse(query).placeholders()).isEmpty();
    }

    @Test
    void aFilledQueryKnowsWhereItsCharactersWere() {
        SqlText text = SqlText.parse("select :now where :cursor < a oops :last_run");

        FilledQuery filled =
                text.fill(placeholder -> "(" + "x".repeat(placeholder.name().length() * 3) + ")");

        assertThat(filled.text())
                .isEqualTo("select (xxxxxxxxx) where (" + "x".repeat(18) + ") < a oops (" + "x".repeat(24) + ")");
        assertThat(filled.indexInSource(3)).isEqualTo(3);
        assertThat(filled.indexInSource(filled.text().indexOf("where"))).isEqualTo(12);
        assertThat(filled.indexInSource(filled.text().indexOf("xx) <")))
                .isEqualTo(text.statement().indexOf(":cursor"));
        assertThat(filled.indexInSource(filled.text().indexOf("oops")))
                .isEqualTo(text.statement().indexOf("oops"));
        assertThat(filled.indexInSource(filled.text().length()))
                .isEqualTo(text.statement().length());
        assertThat(text.fill(_ -> "?").text()).isEqualTo("select ? where ? < a oops ?");
    }
}
