package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Refuses numbers whose exponent is out of range before anything expands them: {@code 1e999999999} is ten characters of
 * text and a gigabyte of digits.
 */
final class BoundedNumbers extends JsonParserDelegate {

    /** Most digits that an exponent may stand for, before or after the point. */
    static final int MAX_SCALE = 100;

    BoundedNumbers(JsonParser parser) {
        super(parser);
    }

    @Override
    public BigDecimal getDecimalValue() {
        BigDecimal number = super.getDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw outOfRange();
        }
        return number;
    }

    private RuleException outOfRange() {
        String path =
                streamReadContext().pathAsPointer().toString().substring(1).replace('/', '.');
        String message = "The exponent of the number at '" + path + "' is out of range.";
        return new RuleException(
                Kind.INVALID,
                "number_out_of_range",
                message,
                List.of(new Violation(path, "number_out_of_range", message)));
    }
}
