package io.meterline.billing.simulation;

import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Some customers and their usage in every shape that a price of theirs needs.
 *
 * @param customers how many were looked at
 * @param months the frame of those who are simulated from their first usage on
 * @param discovery shapes which together have every event of the product once
 */
record MeteredChunk(
        int customers,
        SubjectFinder.Found found,
        Frame months,
        Set<Shape> discovery,
        Map<Frame, Map<Shape, ShapeUsage>> usage) {

    /** Comes behind the last. */
    static final MeteredChunk NOBODY = new MeteredChunk(
            0,
            new SubjectFinder.Found(
                    List.of(), Map.of(), Map.of(), Map.of(), new SubjectFinder.Others(Skipped.NO_PRICE, List.of())),
            new Frame(List.of(), ZoneOffset.UTC, false),
            Set.of(),
            Map.of());

    ShapeUsage usage(Frame frame, Shape shape) {
        return Objects.requireNonNull(Objects.requireNonNull(usage.get(frame)).get(shape));
    }

    /** The usage that shows who used the product, and when. */
    List<ShapeUsage> discovery(Frame frame) {
        return discovery.stream().map(shape -> usage(frame, shape)).toList();
    }

    /** Everybody with usage in the months. */
    Set<Long> users() {
        Set<Long> users = new HashSet<>();
        if (usage.containsKey(months)) {
            discovery(months).forEach(shape -> shape.addCustomersTo(users));
        }
        return users;
    }
}
