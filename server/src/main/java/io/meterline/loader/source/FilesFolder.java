package io.meterline.loader.source;

import io.meterline.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the server from which files may be pulled, and nothing outside it.
 *
 * <p>The server's own files can never be in it: {@link Settings} refuses such a folder.
 */
final class FilesFolder {

    private static final int MAX_FILES = 100_000;

    private final @Nullable Path folder;

    /** @param folder null when the operator has set none; then no file can be read */
    FilesFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The real path of a file. Throws {@link SourceException}. */
    Path file(String path) {
        Path file = real(path);
        if (!Files.isRegularFile(file)) {
            throw missing(path);
        }
        return file;
    }

    /** The real path of a folder that holds no link to anything outside. Throws {@link SourceException}. */
    Path folder(String path) {
        Path inside = real(path);
        if (!Files.isDirectory(inside)) {
            throw missing(path);
        }
        leak(inside).ifPresent(link -> {
            throw new SourceException(
                    "file_not_allowed",
                    "The link " + inside.relativize(link) + " leads out of the folder for files. Remove it.",
                    null);
        });
        return inside;
    }

    private Path real(String path) {
        if (folder == null) {
            throw new SourceException(
                    "files_folder_not_set",
                    "This server reads no files. Its operator allows it with the setting loader.files_folder.",
                    null);
        }
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root)) {
                throw new SourceException(
                        "file_not_allowed", "The path leads out of the folder for files. Move the file into it.", null);
            }
            return file;
        } catch (IOException | InvalidPathException e) {
            throw missing(path);
        }
    }

    private static Optional<Path> leak(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.limit(MAX_FILES)
                    .filter(Files::isSymbolicLink)
                    .filter(link -> !leadsInto(folder, link))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean leadsInto(Path folder, Path link) {
        try {
            return link.toRealPath().startsWith(folder);
        } catch (IOException e) {
            // It leads nowhere now, and may lead anywhere later.
            return false;
        }
    }

    private static SourceException missing(String path) {
        return new SourceException(
                "file_missing",
                "There is no " + (path.isEmpty() ? "such folder" : path)
                        + " in the server's folder for files. Put it there.",
                null);
    }
}
