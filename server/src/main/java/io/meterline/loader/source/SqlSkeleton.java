package io.meterline.loader.source;

import java.util.Arrays;

/** Finds the code in SQL text: a copy of the same length in which all that is quoted or commented is spaces. */
final class SqlSkeleton {

    private final String sql;
    private final char[] code;
    private final boolean backslash;
    private final boolean brackets;
    private int at;

    // PostgreSQL goes on with an escape string when another string follows on a later line: E'a' newline '\\''.
    private boolean afterEscapeString;

    private SqlSkeleton(String sql, SqlRules rules) {
        this.sql = sql;
        this.backslash = rules == SqlRules.BACKSLASH;
        this.brackets = rules == SqlRules.BRACKETS;
        this.code = sql.toCharArray();
    }

    /** Throws {@link io.meterline.event.RuleException} when a string, identifier or comment is left open. */
    static String of(String sql, SqlRules rules) {
        SqlSkeleton skeleton = new SqlSkeleton(sql, rules);
        while (skeleton.at < sql.length()) {
            skeleton.step();
        }
        return new String(skeleton.code);
    }

    private void step() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at) || (backslash && c == '#')) {
            blank(lineEnd());
        } else if (sql.startsWith("/*", at)) {
            blank(commentEnd());
        } else if (brackets && c == '[') {
            blank(quoteEnd(']', false));
        } else if (c == '\'') {
            afterEscapeString |= !brackets && isEscapeString();
            blank(quoteEnd('\'', afterEscapeString || backslash));
        } else if (c == '"' || (backslash && c == '`')) {
            afterEscapeString = false;
            blank(quoteEnd(c, backslash));
        } else if (c == '$' && !backslash && !brackets && !endsWord(at)) {
            dollar();
        } else {
            afterEscapeString &= Character.isWhitespace(c);
            at++;
        }
    }

    private int lineEnd() {
        int end = at;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int commentEnd() {
        int depth = 0;
        int i = at;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw SqlText.refused("unterminated_query", "A comment of the query is not closed. Add the missing */.");
    }

    // A doubled quote stands for itself: reading it as an end and a new beginning blanks the same characters.
    private int quoteEnd(char quote, boolean backslashEscapes) {
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i++;
            } else if (c == quote) {
                boolean doubled = i + 1 < sql.length() && sql.charAt(i + 1) == quote;
                if (!doubled) {
                    return i + 1;
                }
                i++;
            }
        }
        throw SqlText.refused(
                "unterminated_query", "A string or quoted name of the query is not closed. Add the missing quote.");
    }

    private boolean isEscapeString() {
        return at > 0 && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e') && !endsWord(at - 1);
    }

    private void dollar() {
        afterEscapeString = false;
        int close = at + 1;
        while (close < sql.length() && isWord(sql.charAt(close))) {
            close++;
        }
        boolean opens = close < sql.length()
                && sql.charAt(close) == '$'
                && (close == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
        if (!opens) {
            at++;
            return;
        }
        String tag = sql.substring(at, close + 1);
        int end = sql.indexOf(tag, close + 1);
        if (end < 0) {
            throw SqlText.refused(
                    "unterminated_query", "A dollar-quoted string of the query is not closed. Repeat its tag.");
        }
        blank(end + tag.length());
    }

    private boolean endsWord(int index) {
        return index > 0 && (isWord(sql.charAt(index - 1)) || sql.charAt(index - 1) == '$');
    }

    // PostgreSQL takes every character outside ASCII as a letter.
    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
    }

    private void blank(int end) {
        for (int i = at; i < end; i++) {
            if (code[i] != '\n') {
                Arrays.fill(code, i, i + 1, ' ');
            }
        }
        at = end;
    }
}
