package io.meterline.loader;

import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import java.util.List;

/** Remembers which kinds of value each property of a result has had, so that the store is asked for room once each. */
final class Shapes {

    private final byte[] seen;

    Shapes(int properties) {
        this.seen = new byte[properties];
    }

    /** True when a property has a kind of value that it has not had yet. Properties come in the same order each time. */
    boolean isNew(List<Property> properties) {
        for (int i = 0; i < seen.length; i++) {
            if ((seen[i] & kind(properties.get(i).value())) == 0) {
                return true;
            }
        }
        return seen.length == 0;
    }

    void add(List<Property> properties) {
        for (int i = 0; i < seen.length; i++) {
            seen[i] |= kind(properties.get(i).value());
        }
    }

    private static byte kind(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Null _ -> 1;
            case PropertyValue.Text _ -> 2;
            case PropertyValue.Number _ -> 4;
            case PropertyValue.Bool _ -> 8;
            case PropertyValue.Array _ -> 16;
        };
    }
}
