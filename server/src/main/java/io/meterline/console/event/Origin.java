package io.meterline.console.event;

import io.meterline.console.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an event came in.
 *
 * @param text a sentence without its end, such as <em>Loader</em>, before the links
 * @param links to what brought it: of several that may have, all
 */
public record Origin(String text, List<Link> links) {

    private static final int MOST_LOADERS = 5;

    public record Link(String label, @Nullable String href) {}

    private record Loader(String id, String name, String eventType) {}

    private record Loaders(List<Loader> data) {}

    private record Run(
            String id,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        boolean spans(Instant time) {
            return Origin.spans(startedAt, finishedAt, time);
        }
    }

    private record Runs(List<Run> data) {}

    private record Import(
            String id,
            String fileName,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    private record Imports(List<Import> data) {}

    static Origin of(Visit visit, Stored event) {
        return switch (event.source()) {
            case "loader" -> ofLoader(visit, event);
            case "import" -> ofImport(visit, event);
            default -> new Origin("Pushed over the API", List.of());
        };
    }

    // An event does not say which run brought it, but a run says when it worked.
    private static Origin ofLoader(Visit visit, Stored event) {
        List<Loader> loaders = visit.api().get("/v1/loaders?take=100", Loaders.class).data().stream()
                .filter(loader -> loader.eventType().equals(event.eventType()))
                .limit(MOST_LOADERS)
                .toList();
        List<Link> runs = new ArrayList<>();
        for (Loader loader : loaders) {
            String path = "/loaders/" + loader.id();
            visit.api().get("/v1" + path + "/runs?take=100", Runs.class).data().stream()
                    .filter(run -> run.spans(event.ingestedAt()))
                    .forEach(run -> runs.add(
                            new Link(loader.name() + ", run " + run.id(), visit.path(path + "/runs/" + run.id()))));
        }
        if (!runs.isEmpty()) {
            return new Origin("Data loader", runs);
        }
        return loaders.isEmpty()
                ? new Origin("A data loader that is gone", List.of())
                : new Origin(
                        "Data loader",
                        loaders.stream()
                                .map(loader -> new Link(loader.name(), visit.path("/loaders/" + loader.id())))
                                .toList());
    }

    private static Origin ofImport(Visit visit, Stored event) {
        List<Link> files = visit.api().get("/v1/imports?take=100", Imports.class).data().stream()
                .filter(one -> spans(one.startedAt(), one.finishedAt(), event.ingestedAt()))
                .map(one -> new Link(one.fileName(), visit.path("/imports/" + one.id())))
                .toList();
        return new Origin(files.isEmpty() ? "Imported from a file" : "Imported from", files);
    }

    private static boolean spans(@Nullable Instant from, @Nullable Instant to, Instant time) {
        return from != null && !time.isBefore(from) && (to == null || !time.isAfter(to));
    }
}
