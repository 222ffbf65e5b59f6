package io.meterline.console.loader;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a source says against a query, and where in it.
 *
 * @param spot null when the source names no place
 */
public record QueryFault(String sentence, @Nullable Spot spot) {

    private static final Pattern PLACE = Pattern.compile(", at line (\\d{1,6})(?:, column (\\d{1,6}))?");
    private static final int MOST_BEFORE = 60;
    private static final int MOST_AFTER = 40;

    /**
     * A place in a query, with what stands around it.
     *
     * @param column 0 when only the line is known
     * @param marked the word at the place, or all of the line
     */
    public record Spot(int line, int column, String before, String marked, String after) {}

    static QueryFault of(String sentence, String query) {
        Matcher place = PLACE.matcher(sentence);
        if (!place.find()) {
            return new QueryFault(sentence, null);
        }
        int line = Integer.parseInt(place.group(1));
        int column = place.group(2) == null ? 0 : Integer.parseInt(place.group(2));
        String[] lines = query.split("\n", -1);
        if (line < 1 || line > lines.length) {
            return new QueryFault(sentence, null);
        }
        return new QueryFault(sentence, spot(lines[line - 1], line, column));
    }

    private static boolean isOfName(char letter) {
        return Character.isJavaIdentifierPart(letter) || letter == '.';
    }

    private static Spot spot(String text, int line, int column) {
        if (column < 1 || column > text.length()) {
            return new Spot(line, 0, "", text.strip(), "");
        }
        int start = column - 1;
        int end = start + 1;
        while (end < text.length() && isOfName(text.charAt(start)) && isOfName(text.charAt(end))) {
            end++;
        }
        String before = text.substring(Math.max(0, start - MOST_BEFORE), start);
        String after = text.substring(end, Math.min(text.length(), end + MOST_AFTER));
        return new Spot(
                line,
                column,
                start > MOST_BEFORE ? "…" + before : before.stripLeading(),
                text.substring(start, end),
                end + MOST_AFTER < text.length() ? after + "…" : after);
    }
}
