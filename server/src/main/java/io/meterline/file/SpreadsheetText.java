package io.meterline.file;

/**
 * Text of customers in a CSV that people open with a spreadsheet: an apostrophe goes before what a spreadsheet would take for a
 * formula, as <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a> has it. What is a number stays one.
 */
public final class SpreadsheetText {

    /** What a formula may begin with; full-width signs count in some languages. */
    private static final String BEGINS_FORMULA = "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20";

    private SpreadsheetText() {}

    /** The text, or with an apostrophe before it. */
    public static String of(String text) {
        boolean isRisky = !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0 && !CsvCells.isNumber(text);
        return isRisky ? "'" + text : text;
    }
}
