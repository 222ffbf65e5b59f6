package io.meterline.customer;

import io.meterline.control.ControlDatabase;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.event.Timestamps;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which customer a text or a number means, for the flow of events: from memory where it can, with neither a lock nor the
 * database touched.
 *
 * <p>What {@link Customers} changes (a merge, an external id) is seen by every call that starts after it was answered.
 */
public final class CustomerDirectory {

    private static final int MAX_TEXTS = 200_000;
    private static final int MAX_NUMBERS = 200_000;
    private static final int MAX_GROUPS = 100_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ControlDatabase database;
    private final InstantSource clock;

    // Raised after every change of what is remembered below.
    private final AtomicLong generation = new AtomicLong();
    private final Remembered<String, Resolution.Resolved> liveTexts = new Remembered<>(generation, MAX_TEXTS);
    private final Remembered<String, Resolution.Resolved> testTexts = new Remembered<>(generation, MAX_TEXTS);
    private final Remembered<Long, CustomerRef> byNumber = new Remembered<>(generation, MAX_NUMBERS);
    private final Remembered<Long, Set<Long>> groups = new Remembered<>(generation, MAX_GROUPS);
    private final Remembered<Environment, Map<Long, Long>> merged = new Remembered<>(generation, 10);

    public CustomerDirectory(ControlDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The customers of events that are otherwise valid. The unknown external ids of one call are created in one
     * transaction, and of concurrent calls one creates each.
     *
     * @return a resolution for each text
     */
    public Map<String, Resolution> resolve(
            Environment environment, Collection<CustomerReference> references, CreatePolicy policy) {
        Remembered<String, Resolution.Resolved> known = knownTexts(environment);
        Map<String, Resolution> answer = HashMap.newHashMap(references.size());
        Map<String, @Nullable String> missing = new LinkedHashMap<>();
        for (CustomerReference reference : references) {
            String text = reference.text();
            Resolution.Resolved hit = known.get(text);
            if (hit != null) {
                answer.put(text, hit);
                continue;
            }
            Resolution.Refused refusal = CustomerRules.refusal(text);
            if (refusal != null) {
                answer.put(text, refusal);
            } else if (missing.get(text) == null) {
                missing.put(text, CustomerRules.tidyName(reference.name()));
            }
        }
        if (!missing.isEmpty()) {
            answer.putAll(lookUp(environment, missing, policy));
        }
        return answer;
    }

    /** The customers of stored events. Numbers that nobody has are missing in the answer. */
    public Map<Long, CustomerRef> byNumber(Collection<Long> numbers) {
        Map<Long, CustomerRef> found = HashMap.newHashMap(numbers.size());
        List<Long> missing = numbers.stream()
                .distinct()
                .filter(number -> {
                    CustomerRef ref = byNumber.get(number);
                    if (ref != null) {
                        found.put(number, ref);
                    }
                    return ref == null;
                })
                .toList();
        if (!missing.isEmpty()) {
            long readAt = generation.get();
            database.read(handle -> DirectoryRows.byNumber(handle, missing)).forEach((number, ref) -> {
                byNumber.put(number, ref, readAt);
                found.put(number, ref);
            });
        }
        return found;
    }

    /** What one text leads to, or empty when nobody has that name. Creates nothing. */
    public Optional<CustomerRef> find(Environment environment, String text) {
        return resolve(environment, List.of(CustomerReference.of(text)), CreatePolicy.REFUSE)
                                .get(text)
                        instanceof Resolution.Resolved resolved
                ? Optional.ofNullable(byNumber(List.of(resolved.number())).get(resolved.number()))
                : Optional.empty();
    }

    /**
     * The numbers that count for the customer a text leads to: its own and those of all merged into it. Throws {@code
     * RuleException} 404 {@code unknown_customer}.
     */
    public Set<Long> expand(Environment environment, String text) {
        CustomerRef ref = find(environment, text).orElseThrow(() -> CustomerRules.notFound(text));
        return remembered(
                groups,
                ref.canonicalNumber(),
                () -> database.read(handle -> DirectoryRows.group(handle, ref.canonicalNumber())));
    }

    /** Every merged customer's number and that of the customer it counts for. */
    public Map<Long, Long> mergedInto(Environment environment) {
        return remembered(
                merged, environment, () -> database.read(handle -> DirectoryRows.merged(handle, environment)));
    }

    /**
     * The numbers of an environment's customers in rising order, without merged ones: so many behind a number. With all of them
     * a caller goes over every customer piece by piece.
     */
    public List<Long> numbersAfter(Environment environment, long number, int most) {
        return database.read(handle -> DirectoryRows.numbersAfter(handle, environment, number, most));
    }

    /** How many {@link #numbersAfter} gives in all. */
    public long count(Environment environment) {
        return database.read(handle -> DirectoryRows.count(handle, environment));
    }

    /** Called after the commit of a change of merges or external ids. */
    void forget() {
        generation.incrementAndGet();
    }

    private Map<String, Resolution> lookUp(
            Environment environment, Map<String, @Nullable String> missing, CreatePolicy policy) {
        long readAt = generation.get();
        Map<String, Resolution> answer = HashMap.newHashMap(missing.size());
        Map<String, Resolution.Resolved> found =
                database.read(handle -> DirectoryRows.find(handle, environment, missing.keySet()));
        remember(environment, found, readAt);
        answer.putAll(found);

        Map<String, @Nullable String> unknown = new LinkedHashMap<>(missing);
        unknown.keySet().removeAll(found.keySet());
        if (policy == CreatePolicy.CREATE) {
            Map<String, @Nullable String> wanted = new LinkedHashMap<>(unknown);
            wanted.keySet().removeIf(CustomerId::isOne);
            unknown.keySet().removeAll(wanted.keySet());
            answer.putAll(create(environment, wanted));
        }
        unknown.keySet().forEach(text -> answer.put(text, CustomerRules.unknown(text)));
        return answer;
    }

    private Map<String, Resolution> create(Environment environment, Map<String, @Nullable String> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        long readAt = generation.get();
        long now = Timestamps.micros(clock.instant());
        record Made(Set<String> texts, Map<String, Resolution.Resolved> found) {}
        Made made = database.write(handle -> new Made(
                DirectoryRows.create(handle, environment, wanted, RANDOM, now),
                DirectoryRows.find(handle, environment, wanted.keySet())));
        remember(environment, made.found(), readAt);
        Map<String, Resolution> answer = new HashMap<>(made.found());
        made.texts().forEach(text -> answer.computeIfPresent(text, (_, resolution) -> asCreated(resolution)));
        return answer;
    }

    private void remember(Environment environment, Map<String, Resolution.Resolved> found, long readAt) {
        Remembered<String, Resolution.Resolved> known = knownTexts(environment);
        found.forEach((text, resolved) -> known.put(text, resolved, readAt));
    }

    private <K, V> V remembered(Remembered<K, V> cache, K key, Supplier<V> read) {
        V hit = cache.get(key);
        if (hit != null) {
            return hit;
        }
        long readAt = generation.get();
        V value = read.get();
        cache.put(key, value, readAt);
        return value;
    }

    private Remembered<String, Resolution.Resolved> knownTexts(Environment environment) {
        return switch (environment) {
            case LIVE -> liveTexts;
            case TEST -> testTexts;
        };
    }

    private static Resolution asCreated(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Resolved one ->
                new Resolution.Resolved(one.number(), one.canonicalNumber(), one.canonicalId(), one.externalId(), true);
            case Resolution.Refused refused -> refused;
        };
    }
}
