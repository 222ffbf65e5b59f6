package io.meterline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries that the drivers of DuckDB (70 MB) and SQLite unpack into the temporary folder at each start.
 *
 * <p>The drivers leave them to the end of the JVM, which a kill skips. Once loaded they live without their files, so on
 * Linux the files go at once; elsewhere a loaded file cannot be removed, or not be found.
 */
final class UnpackedLibraries {

    private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibraries.class);
    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final Pattern UNPACKED =
            Pattern.compile(".* (/\\S.*/(?:libduckdb_java\\d+\\.so|sqlite-[^/]+\\.so))");

    private UnpackedLibraries() {}

    /** Removes the files of those that this process has loaded. */
    static void remove() {
        if (!Files.isReadable(LOADED)) {
            return;
        }
        try {
            for (Path library : loaded()) {
                Files.deleteIfExists(library);
                Files.deleteIfExists(library.resolveSibling(library.getFileName() + ".lck"));
            }
        } catch (IOException e) {
            LOG.warn("an unpacked library stays in the temporary folder: {}", e.getMessage());
        }
    }

    private static List<Path> loaded() throws IOException {
        try (Stream<String> lines = Files.lines(LOADED)) {
            return lines.map(UNPACKED::matcher)
                    .filter(Matcher::matches)
                    .map(match -> Path.of(match.group(1)))
                    .distinct()
                    .toList();
        }
    }
}
