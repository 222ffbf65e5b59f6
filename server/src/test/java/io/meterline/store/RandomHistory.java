package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random history of a store: pushes, corrections, loads, deletes and restarts, with questions after each. */
final class RandomHistory {

    private final RandomValues values;
    private final RandomQuestions questions;
    private final Map<Environment, List<Event>> sent = new EnumMap<>(Environment.class);
    private final List<Operation> operations = new ArrayList<>();
    private final Size size;
    private long load = 1;

    private RandomHistory(long seed, Size size) {
        this.size = size;
        values = new RandomValues(new Random(seed), size.ids());
        questions = new RandomQuestions(values);
    }

    /**
     * How much there is of it.
     *
     * @param steps writes, deletes and the like
     * @param ids different record ids; the fewer, the more corrections
     * @param group most events of a group
     */
    record Size(int steps, int ids, int group) {
        static Size small(int steps) {
            return new Size(steps, 10, 60);
        }
    }

    /** The history that belongs to a seed, always the same. */
    static List<Operation> of(long seed, Size size) {
        RandomHistory history = new RandomHistory(seed, size);
        for (int i = 0; i < size.steps(); i++) {
            history.step();
        }
        for (Environment environment : Environment.values()) {
            history.ask(environment, 20);
        }
        return history.operations;
    }

    private void step() {
        Environment environment = values.chance(0.85) ? Environment.LIVE : Environment.TEST;
        switch (values.below(20)) {
            case 0 -> operations.add(new Operation.Restart());
            case 1, 2 -> operations.add(new Operation.Settle());
            case 3, 4 -> operations.add(new Operation.Tick(Duration.ofSeconds(values.between(1, 100))));
            case 5 -> load++;
            case 6, 7 -> operations.add(new Operation.Delete(environment, keys(environment)));
            default -> operations.add(write(environment));
        }
        ask(environment, 2);
    }

    private Operation.Write write(Environment environment) {
        List<List<Event>> groups = new ArrayList<>();
        for (int i = values.chance(0.7) ? 1 : values.between(2, 4); i > 0; i--) {
            List<Event> group = new ArrayList<>();
            for (int j = values.chance(0.9) ? values.between(0, size.group() / 10) : size.group(); j > 0; j--) {
                Event event = event(environment);
                group.add(event);
                sentTo(environment).add(event);
            }
            groups.add(group);
        }
        return new Operation.Write(environment, groups);
    }

    private Event event(Environment environment) {
        TestEvents.Builder builder = TestEvents.event(values.chance(0.8) ? "a" : "b")
                .in(environment)
                .customer(values.customer())
                .at(values.time());
        String id = values.recordId();
        if (values.chance(0.5)) {
            builder.numericId(id);
        } else {
            builder.id(id);
        }
        switch (values.below(10)) {
            case 0 -> builder.imported();
            case 1, 2 -> builder.pulled(loadNumber());
            case 3 -> builder.pulledById(loadNumber());
            default -> {
                if (values.chance(0.08)) {
                    builder.replace();
                }
            }
        }
        for (String name : values.names()) {
            if (values.chance(0.7)) {
                builder.with(name, values.value(name));
            }
        }
        return values.chance(0.25) ? sentBefore(environment, builder.build()) : builder.build();
    }

    private long loadNumber() {
        return values.chance(0.8) ? load : Math.max(1, load - values.between(1, 3));
    }

    /** Something that was sent before, as a pulled row in a load of today; else what was to be sent now. */
    private Event sentBefore(Environment environment, Event otherwise) {
        List<Event> candidates = sentTo(environment);
        if (candidates.isEmpty()) {
            return otherwise;
        }
        Event event = values.one(candidates);
        return new Event(
                event.key(),
                event.eventType(),
                event.customer(),
                event.timestampMicros(),
                event.source() == Source.LOADER ? loadNumber() : event.version(),
                event.replace(),
                event.source(),
                event.recordId(),
                event.idIsNumber(),
                event.properties());
    }

    private List<KeyHash> keys(Environment environment) {
        List<KeyHash> keys = new ArrayList<>();
        for (int i = values.between(1, 5); i > 0; i--) {
            keys.add(sentBefore(environment, event(environment)).key());
        }
        return keys;
    }

    private void ask(Environment environment, int howOften) {
        for (int i = 0; i < howOften; i++) {
            operations.add(new Operation.AskUsage(environment, questions.usage().withWhatIf(whatIf(environment))));
            if (values.chance(0.3)) {
                operations.add(new Operation.AskAmounts(
                        environment, questions.amounts().withWhatIf(whatIf(environment))));
            }
            if (values.chance(0.5)) {
                operations.add(questions.listing(environment));
            }
            if (values.chance(0.3)) {
                operations.add(
                        new Operation.AskFind(environment, keys(environment).getFirst()));
            }
            if (values.chance(0.1)) {
                operations.add(new Operation.AskTypes(environment));
            }
        }
    }

    /** Events to suppose, mostly none; some of a type and with a property that are never sent. */
    private List<Event> whatIf(Environment environment) {
        List<Event> events = new ArrayList<>();
        for (int i = values.chance(0.6) ? 0 : values.between(1, 12); i > 0; i--) {
            Event event = event(environment);
            if (event.source() != Source.LOADER) {
                events.add(values.chance(0.8) ? event : neverSent(environment));
            }
        }
        return events;
    }

    private Event neverSent(Environment environment) {
        return TestEvents.event(values.one(List.of("a", "unknown")))
                .in(environment)
                .id(values.recordId())
                .customer(values.customer())
                .at(values.time())
                .with("never", values.value("p"))
                .with("n", values.value("n"))
                .build();
    }

    private List<Event> sentTo(Environment environment) {
        return sent.computeIfAbsent(environment, _ -> new ArrayList<>());
    }
}
