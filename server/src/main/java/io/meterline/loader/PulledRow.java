package io.meterline.loader;

import io.meterline.event.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that can become an event.
 *
 * @param customer its customer's id as the source has it
 * @param customerName names the customer when it is created
 */
record PulledRow(
        String id,
        boolean idIsNumber,
        String customer,
        @Nullable String customerName,
        long timestampMicros,
        List<Property> properties) {}
