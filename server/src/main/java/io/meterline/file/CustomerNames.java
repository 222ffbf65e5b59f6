package io.meterline.file;

import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.PropertyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a file calls the customers of events: the company's own id where there is one. */
final class CustomerNames {

    private static final int MAX_KNOWN = 50_000;

    private final CustomerDirectory directory;
    private final Map<Long, PropertyValue.Text> known = new HashMap<>();

    CustomerNames(CustomerDirectory directory) {
        this.directory = directory;
    }

    PropertyValue.Text of(long number) {
        PropertyValue.Text name = known.get(number);
        if (name == null) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            name = new PropertyValue.Text(
                    name(directory.byNumber(List.of(number)).get(number), number));
            known.put(number, name);
        }
        return name;
    }

    private static String name(@org.jspecify.annotations.Nullable CustomerRef ref, long number) {
        if (ref == null) {
            throw new IllegalStateException("the customer " + number + " of an event is gone");
        }
        return ref.canonicalExternalId() == null ? ref.canonicalId() : ref.canonicalExternalId();
    }
}
