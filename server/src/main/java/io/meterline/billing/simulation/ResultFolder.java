package io.meterline.billing.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Stream;

/** Where the amounts of each customer lie: a file for each simulation that has succeeded. */
final class ResultFolder {

    private static final String UNFINISHED = ".part";

    private final Path folder;

    ResultFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder for simulations " + folder, e);
        }
    }

    /** A file that is being written. */
    Path unfinished(String id) {
        return folder.resolve(id + UNFINISHED);
    }

    /** A file that is whole. */
    Path file(String id) {
        return folder.resolve(id);
    }

    /** Makes a file that is being written the whole one. */
    void finish(String id) throws IOException {
        Files.move(unfinished(id), file(id), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes whatever there is. */
    void remove(String id) {
        try {
            Files.deleteIfExists(unfinished(id));
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the result of a simulation in " + folder, e);
        }
    }

    /** Removes all others, which a stop of the server left. */
    void keepOnly(Set<String> ids) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!ids.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy the folder for simulations " + folder, e);
        }
    }
}
