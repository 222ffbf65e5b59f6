package io.meterline.store;

import java.math.BigDecimal;

/** An arithmetic expression over the properties of one event. */
public sealed interface Expression {

    record Constant(BigDecimal value) implements Expression {}

    record PropertyRef(String property) implements Expression {}

    record Negation(Expression operand) implements Expression {}

    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** An operator between two operands. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }
}
