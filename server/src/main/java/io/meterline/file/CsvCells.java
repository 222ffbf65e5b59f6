package io.meterline.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * The typing rule of CSV: quoted is text; unquoted is a number or a boolean where it is written as in JSON, text
 * otherwise; nothing is absent.
 */
final class CsvCells extends AbstractBaseCsvCallbackHandler<CsvCells.Line> {

    private List<Cell> cells = new ArrayList<>();

    /** A line of a file, which may go over several lines of text; {@code number} is that of the first. */
    record Line(long number, List<Cell> cells) {}

    @Override
    protected void handleBegin(long startingLineNumber) {
        cells = new ArrayList<>(cells.size());
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        cells.add(cell(new String(buffer, offset, length), quoted));
    }

    @Override
    protected Line buildRecord() {
        return new Line(getStartingLineNumber(), cells);
    }

    private static Cell cell(String text, boolean quoted) {
        if (quoted) {
            return new Cell.Text(text);
        }
        if (text.isEmpty()) {
            return Cell.Absent.ABSENT;
        }
        boolean isJson = text.equals("true") || text.equals("false") || isNumber(text);
        return isJson ? new Cell.Json(text) : new Cell.Text(text);
    }

    /** As JSON writes numbers: {@code 007}, {@code +5}, {@code .5} and {@code 1,5} are none. */
    static boolean isNumber(String text) {
        int length = text.length();
        int at = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, at);
        if (digits == 0 || (digits > 1 && text.charAt(at) == '0')) {
            return false;
        }
        at += digits;
        if (at < length && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == 0) {
                return false;
            }
            at += 1 + fraction;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < length && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            int exponent = digits(text, at);
            if (exponent == 0) {
                return false;
            }
            at += exponent;
        }
        return at == length;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }
}
