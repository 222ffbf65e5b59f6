package io.meterline.console;

import java.util.EnumMap;
import java.util.Map;

/** How much there is of each, as the rail shows it. */
final class Counts {

    Map<Area, String> of(Visit visit) {
        return new EnumMap<>(Area.class);
    }
}
