package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.nio.charset.StandardCharsets;

/** Turns the text of one cell into a property. Chosen once per column. */
@FunctionalInterface
interface CellDecoder {

    /** Throws {@link BadCellException} when no property can hold the value. */
    PropertyValue decode(byte[] bytes, int from, int to);

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
