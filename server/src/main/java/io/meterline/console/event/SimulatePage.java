package io.meterline.console.event;

import io.meterline.console.Choice;
import io.meterline.console.EventTypes.EventType;
import io.meterline.console.Refused;
import java.util.List;
import java.util.Map;

/**
 * The form that makes events up.
 *
 * @param typed what stands in each field
 * @param wrong what is wrong with a field, by its name
 * @param refused what is wrong with the whole
 */
public record SimulatePage(
        List<EventType> types,
        List<Choice> spreads,
        Map<String, String> typed,
        Map<String, String> wrong,
        Refused refused) {}
