package io.meterline.meter;

import io.meterline.event.Decimals;
import io.meterline.store.Expression;
import io.meterline.store.Expression.Binary;
import io.meterline.store.Expression.Constant;
import io.meterline.store.Expression.Negation;
import io.meterline.store.Expression.Operator;
import io.meterline.store.Expression.PropertyRef;
import java.math.BigDecimal;

/**
 * Reads one formula by recursive descent.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = operand { ("*" | "/") operand }
 * operand = "-" operand | "(" sum ")" | decimal | name | quoted name
 * </pre>
 */
final class FormulaParser {

    static final int MAX_LENGTH = 1_000;
    static final int MAX_DEPTH = 20;
    static final int MAX_OPERANDS = 50;

    private final String text;
    private int position;
    private int depth;
    private int operands;

    FormulaParser(String text) {
        this.text = text;
    }

    Expression parse() throws FormulaException {
        if (text.length() > MAX_LENGTH) {
            throw new FormulaException("formula_too_long", "a formula has at most " + MAX_LENGTH + " characters");
        }
        Expression expression = sum();
        if (position < text.length()) {
            throw invalid("an operator (+ - * /) was expected");
        }
        return expression;
    }

    private Expression sum() throws FormulaException {
        Expression left = product();
        while (true) {
            if (skip('+')) {
                left = new Binary(Operator.ADD, left, product());
            } else if (skip('-')) {
                left = new Binary(Operator.SUBTRACT, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() throws FormulaException {
        Expression left = operand();
        while (true) {
            if (skip('*')) {
                left = new Binary(Operator.MULTIPLY, left, operand());
            } else if (skip('/')) {
                left = new Binary(Operator.DIVIDE, left, divisor());
            } else {
                return left;
            }
        }
    }

    private Expression divisor() throws FormulaException {
        skipSpace();
        int start = position;
        Expression divisor = operand();
        if (divisor instanceof Constant constant && constant.value().signum() == 0) {
            position = start;
            throw error("formula_divides_by_zero", "the formula divides by zero for every event");
        }
        return divisor;
    }

    private Expression operand() throws FormulaException {
        if (++depth > MAX_DEPTH) {
            throw error("formula_too_deep", "parentheses and signs are nested more than " + MAX_DEPTH + " deep");
        }
        Expression operand;
        if (skip('-')) {
            operand = new Negation(operand());
        } else if (skip('(')) {
            operand = sum();
            if (!skip(')')) {
                throw invalid("a closing parenthesis or an operator was expected");
            }
        } else {
            operand = leaf();
        }
        depth--;
        return operand;
    }

    private Expression leaf() throws FormulaException {
        if (++operands > MAX_OPERANDS) {
            throw error("formula_too_long", "a formula has at most " + MAX_OPERANDS + " numbers and properties");
        }
        if (position >= text.length()) {
            throw invalid("a number, a property name or an opening parenthesis was expected");
        }
        char c = text.charAt(position);
        if (isDigit(c)) {
            return decimal();
        }
        if (c == '"' || c == '`') {
            return quotedName(c);
        }
        if (Character.isLetter(c) || c == '_') {
            return name();
        }
        throw invalid("a number, a property name or an opening parenthesis was expected");
    }

    private Expression decimal() throws FormulaException {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        String digits = text.substring(start, position);
        BigDecimal number = Decimals.ofPlainText(digits);
        if (number == null) {
            position = start;
            throw invalid(digits + " is no number of at most " + Decimals.MAX_INTEGER_DIGITS + " integer and "
                    + Decimals.MAX_FRACTION_DIGITS + " fractional digits (a property name that begins with a digit"
                    + " needs double quotes)");
        }
        return new Constant(number);
    }

    private Expression name() throws FormulaException {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        return property(text.substring(start, position), start);
    }

    private Expression quotedName(char quote) throws FormulaException {
        int start = position++;
        StringBuilder name = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != quote) {
                name.append(c);
            } else if (position < text.length() && text.charAt(position) == quote) {
                name.append(quote);
                position++;
            } else {
                return property(name.toString(), start);
            }
        }
        position = start;
        throw invalid("this quoted property name does not end");
    }

    private PropertyRef property(String name, int start) throws FormulaException {
        if (!PropertyNames.isOne(name)) {
            position = start;
            throw invalid(PropertyNames.RULE);
        }
        return new PropertyRef(name);
    }

    private boolean skip(char expected) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            skipSpace();
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private FormulaException invalid(String message) {
        return error("invalid_formula", message);
    }

    private FormulaException error(String code, String message) {
        return new FormulaException(code, "column " + (position + 1) + ": " + message);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
