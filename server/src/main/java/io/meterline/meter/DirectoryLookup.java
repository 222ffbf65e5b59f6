package io.meterline.meter;

import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Asks the directory of customers. */
public final class DirectoryLookup implements CustomerLookup {

    private final CustomerDirectory directory;

    public DirectoryLookup(CustomerDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Set<Long> expand(Environment environment, String idOrExternalId) {
        return directory.expand(environment, idOrExternalId);
    }

    @Override
    public Map<Long, Long> mergedInto(Environment environment) {
        return directory.mergedInto(environment);
    }

    @Override
    public Map<Long, Ids> ids(Environment environment, Collection<Long> numbers) {
        Map<Long, Ids> ids = HashMap.newHashMap(numbers.size());
        directory
                .byNumber(numbers)
                .forEach((number, ref) -> ids.put(number, new Ids(ref.canonicalId(), ref.canonicalExternalId())));
        return ids;
    }
}
