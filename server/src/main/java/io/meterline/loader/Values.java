package io.meterline.loader;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import org.jspecify.annotations.Nullable;

/** Values as text for people. */
final class Values {

    private Values() {}

    static @Nullable String text(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text text -> text.value();
            case PropertyValue.Number number -> Decimals.text(number.value());
            case PropertyValue.Bool bool -> Boolean.toString(bool.value());
            case PropertyValue.Null _ -> null;
            case PropertyValue.Array array ->
                array.elements().stream().map(Values::text).toList().toString();
        };
    }
}
