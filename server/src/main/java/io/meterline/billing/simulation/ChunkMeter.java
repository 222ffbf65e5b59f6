package io.meterline.billing.simulation;

import io.meterline.billing.simulation.ScenarioLines.Line;
import io.meterline.price.Price;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures customers chunk by chunk: each shape once, whatever the number of prices. */
final class ChunkMeter {

    private final SimulationPlan plan;
    private final SubjectFinder subjects;
    private final ShapeMeter meter;
    private final Map<Long, List<Long>> merged;
    private final Set<Shape> discovery;

    /** Of a plan; {@code merged} are the merged customers of each that has any. */
    ChunkMeter(SimulationPlan plan, SubjectFinder subjects, ShapeMeter meter, Map<Long, List<Long>> merged) {
        this.plan = plan;
        this.subjects = subjects;
        this.meter = meter;
        this.merged = merged;
        // The lines of a candidate are about every event of the product, each in one line; they are the same for
        // everybody.
        this.discovery = shapes(List.of(ScenarioLines.of(
                plan.product(), plan.request().candidates().getFirst().prices())));
    }

    /** Asks for all that some customers, none of them merged, are priced by. */
    MeteredChunk meter(List<Long> customers) {
        Members members = Members.of(customers, merged);
        SubjectFinder.Found found = subjects.find(customers, members);
        Map<Frame, Questions> questions = new LinkedHashMap<>();
        if (plan.request().by() == By.CALENDAR_MONTH) {
            questions.put(subjects.months(), ofEverybody(customers, found));
        }
        found.subjects().forEach(subject -> add(subject, questions));
        found.ifUsed().values().forEach(subject -> add(subject, questions));
        Map<Frame, Map<Shape, ShapeUsage>> usage = new HashMap<>();
        questions.forEach((frame, of) -> usage.put(frame, ask(frame, of, members)));
        return new MeteredChunk(customers.size(), found, subjects.months(), discovery, usage);
    }

    private Questions ofEverybody(List<Long> customers, SubjectFinder.Found found) {
        Questions questions = new Questions();
        List<ScenarioLines> others = found.others().scenarios();
        discovery.forEach(questions::ofAll);
        shapes(others).forEach(questions::ofAll);
        if (others.stream().anyMatch(ChunkMeter::looksAtEvents)) {
            for (Long customer : customers) {
                if (!found.ifUsed().containsKey(customer)) {
                    questions.price(customer, others);
                }
            }
        }
        return questions;
    }

    private void add(Subject subject, Map<Frame, Questions> questions) {
        Questions of = questions.computeIfAbsent(subject.frame(), _ -> new Questions());
        discovery.forEach(shape -> of.of(shape, subject.customer()));
        shapes(subject.scenarios()).forEach(shape -> of.of(shape, subject.customer()));
        of.price(subject.customer(), subject.scenarios());
    }

    private Map<Shape, ShapeUsage> ask(Frame frame, Questions questions, Members members) {
        Map<Shape, ShapeUsage> usage = new HashMap<>();
        questions.shapes().forEach(shape -> {
            Set<Long> some = questions.some.get(shape);
            usage.put(
                    shape,
                    meter.usage(
                            frame,
                            shape,
                            some == null ? members : Members.of(some, merged),
                            questions.prices.getOrDefault(shape, Map.of())));
        });
        return usage;
    }

    private static boolean looksAtEvents(ScenarioLines scenario) {
        return scenario.lines().stream().map(Line::shape).anyMatch(shape -> shape != null && shape.byEvent());
    }

    private static Set<Shape> shapes(List<ScenarioLines> scenarios) {
        Set<Shape> shapes = new LinkedHashSet<>();
        for (ScenarioLines scenario : scenarios) {
            for (Line line : scenario.lines()) {
                if (line.shape() != null) {
                    shapes.add(line.shape());
                }
            }
        }
        return shapes;
    }

    /** What is asked over one frame: which shapes, of whom, and the prices that look at single events. */
    private static final class Questions {
        private final Set<Shape> ofAll = new LinkedHashSet<>();
        private final Map<Shape, Set<Long>> some = new LinkedHashMap<>();
        private final Map<Shape, Map<Long, List<Price>>> prices = new HashMap<>();

        void ofAll(Shape shape) {
            ofAll.add(shape);
        }

        void of(Shape shape, long customer) {
            if (!ofAll.contains(shape)) {
                some.computeIfAbsent(shape, _ -> new LinkedHashSet<>()).add(customer);
            }
        }

        void price(long customer, List<ScenarioLines> scenarios) {
            for (ScenarioLines scenario : scenarios) {
                for (Line line : scenario.lines()) {
                    Shape shape = line.shape();
                    Price price = line.price();
                    if (shape != null && price != null && shape.byEvent()) {
                        price(shape, customer, price);
                    }
                }
            }
        }

        private void price(Shape shape, long customer, Price price) {
            List<Price> known = prices.computeIfAbsent(shape, _ -> new HashMap<>())
                    .computeIfAbsent(customer, _ -> new ArrayList<>());
            if (!known.contains(price)) {
                known.add(price);
            }
        }

        Set<Shape> shapes() {
            Set<Shape> shapes = new LinkedHashSet<>(ofAll);
            shapes.addAll(some.keySet());
            return shapes;
        }
    }
}
