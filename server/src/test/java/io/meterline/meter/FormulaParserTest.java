package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.Decimals;
import io.meterline.store.Expression;
import io.meterline.store.Expression.Binary;
import io.meterline.store.Expression.Constant;
import io.meterline.store.Expression.Negation;
import io.meterline.store.Expression.Operator;
import io.meterline.store.Expression.PropertyRef;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            a                     | a
            12.50                 | 12.5
            a+b*c                 | (a+(b*c))
            a-b-c                 | ((a-b)-c)
            a/b/c                 | ((a/b)/c)
            (a + b) * 2           | ((a+b)*2)
            -a * -2               | (-a*-2)
            a - -b                | (a--b)
            --a                   | --a
            -(a+b)                | -(a+b)
            size_gb.total * _x1   | (size_gb.total*_x1)
            "price in €" * `2nd`  | (price in €*2nd)
            `a``b` + "c""d"       | (a`b+c"d)
            größe + 1             | (größe+1)
            """)
    void formulasAreUnderstood(String text, String meaning) throws FormulaException {
        assertThat(show(Formula.parse(text).expression())).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ''          | 1
            a +         | 4
            a b         | 3
            (a          | 3
            a)          | 2
            * a         | 1
            a + * b     | 5
            +a          | 1
            1e3         | 1
            1.          | 1
            .5          | 1
            1.2.3       | 1
            a % b       | 3
            2x          | 1
            a + "b      | 5
            ""          | 1
            a ^ 2       | 3
            a, b        | 2
            123456789012345678901 | 1
            0.1234567890123456789 | 1
            """)
    void aFaultIsNamedWithItsColumn(String text, int column) {
        FormulaException refused = catchThrowableOfType(FormulaException.class, () -> Formula.parse(text));

        assertThat(refused.code()).isEqualTo("invalid_formula");
        assertThat(refused.sentence()).startsWith("column " + column + ":");
    }

    @Test
    void sizeAndDepthAreBounded() {
        assertThat(codeOf("a+".repeat(500) + "a")).isEqualTo("formula_too_long");
        assertThat(codeOf("a+".repeat(50) + "a")).isEqualTo("formula_too_long");
        assertThat(codeOf("(".repeat(20) + "a" + ")".repeat(20))).isEqualTo("formula_too_deep");
        assertThat(codeOf("-".repeat(900) + "a")).isEqualTo("formula_too_deep");
    }

    @Test
    void dividingByTheNumberZeroIsRefused() {
        assertThat(codeOf("a / 0.0")).isEqualTo("formula_divides_by_zero");
    }

    private static String codeOf(String text) {
        return catchThrowableOfType(FormulaException.class, () -> Formula.parse(text))
                .code();
    }

    private static String show(Expression expression) {
        return switch (expression) {
            case Constant(BigDecimal value) -> Decimals.text(value);
            case PropertyRef(String property) -> property;
            case Negation(Expression operand) -> "-" + show(operand);
            case Binary(Operator operator, Expression left, Expression right) ->
                "(" + show(left) + symbol(operator) + show(right) + ")";
        };
    }

    private static char symbol(Operator operator) {
        return switch (operator) {
            case ADD -> '+';
            case SUBTRACT -> '-';
            case MULTIPLY -> '*';
            case DIVIDE -> '/';
        };
    }
}
