package io.meterline.meter;

import io.meterline.store.Expression;

/**
 * A formula as it was written and as it is understood.
 *
 * @param text at most {@value FormulaParser#MAX_LENGTH} characters
 */
public record Formula(String text, Expression expression) {

    /**
     * Understands {@code + - * / ( )}, decimals and property names. Names that are not made of letters, digits, {@code _}
     * and {@code .}, or do not begin with a letter or {@code _}, stand in double quotes or backticks.
     *
     * <p>Throws {@link FormulaException}, which names the column.
     */
    static Formula parse(String text) throws FormulaException {
        return new Formula(text, new FormulaParser(text).parse());
    }
}
