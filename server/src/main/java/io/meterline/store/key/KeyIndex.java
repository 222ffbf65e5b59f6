package io.meterline.store.key;

import io.meterline.event.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current version of every key.
 *
 * <p>Looked up and changed by the applying thread. {@link #freeze} sets the recent keys aside; {@link #writeFrozen} turns
 * them into a file on another thread while lookups go on, {@link #merge} keeps the number of files small. Which files
 * belong to the index is the database's to remember, in the transaction that folds the same events; files that it does
 * not name are leftovers and are deleted at {@link #open}.
 */
public final class KeyIndex implements AutoCloseable {

    private static final String SUFFIX = ".keys";
    // A run is merged into the newer ones while it is at most so many times as large as they are together.
    private static final int MERGE_FACTOR = 3;

    private final Path folder;
    private KeyTable active = new KeyTable();
    private @Nullable KeyTable frozen;
    private List<KeyRun> runs;
    private long nextFile;

    private KeyIndex(Path folder, List<KeyRun> runs, long nextFile) {
        this.folder = folder;
        this.runs = runs;
        this.nextFile = nextFile;
    }

    /**
     * Opens the files of these names, oldest first, and deletes all others in the folder.
     *
     * @throws IOException when one is missing or damaged; the index can then be rebuilt from the stored events
     */
    public static KeyIndex open(Path folder, List<String> names) throws IOException {
        Files.createDirectories(folder);
        List<KeyRun> runs = new ArrayList<>();
        try {
            for (String name : names) {
                runs.add(KeyRunWriter.open(folder.resolve(name)));
            }
        } catch (IOException e) {
            runs.forEach(KeyRun::close);
            throw e;
        }
        long nextFile = 1;
        for (Path file : filesIn(folder)) {
            String name = file.getFileName().toString();
            nextFile = Math.max(nextFile, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) + 1);
            if (!names.contains(name)) {
                Files.delete(file);
            }
        }
        return new KeyIndex(folder, runs, nextFile);
    }

    /** Fills {@code entry} and returns true when the key has a current version. */
    public synchronized boolean find(KeyHash key, KeyEntry entry) {
        return lookUp(key, entry) && !entry.removed();
    }

    /** Makes {@code entry} the current version of the key. */
    public synchronized void put(KeyHash key, KeyEntry entry) {
        active.put(key.high(), key.low(), entry);
    }

    /** How many keys changed since the last {@link #freeze}. */
    public synchronized int recentKeys() {
        return active.size();
    }

    /** Sets the recent keys aside for {@link #writeFrozen}. Those set aside before must have been written. */
    public synchronized void freeze() {
        if (frozen != null) {
            throw new IllegalStateException("the keys set aside before are not written yet");
        }
        frozen = active;
        active = new KeyTable();
    }

    /** Writes the keys that were set aside into a file. */
    public void writeFrozen() throws IOException {
        KeyTable table;
        synchronized (this) {
            table = frozen;
        }
        if (table == null) {
            return;
        }
        KeyRun run = table.size() == 0 ? null : write(table.sorted());
        synchronized (this) {
            List<KeyRun> added = new ArrayList<>(runs);
            if (run != null) {
                added.add(run);
            }
            runs = added;
            frozen = null;
        }
    }

    /**
     * Merges files where that keeps their number logarithmic.
     *
     * @return the files that are no longer needed; delete them once the database no longer names them
     */
    public List<Retired> merge() throws IOException {
        List<KeyRun> before;
        synchronized (this) {
            before = runs;
        }
        int from = before.size() - 1;
        long newer = from < 0 ? 0 : before.get(from).size();
        while (from > 0 && before.get(from - 1).size() <= MERGE_FACTOR * newer) {
            from--;
            newer += before.get(from).size();
        }
        List<KeyRun> merged = before.subList(Math.max(from, 0), before.size());
        if (merged.size() < 4) {
            return List.of();
        }
        KeyRun run = KeyRunMerge.merge(nextPath(), merged, from == 0);
        synchronized (this) {
            List<KeyRun> after = new ArrayList<>(before.subList(0, from));
            after.add(run);
            runs = after;
        }
        return merged.stream().map(Retired::new).toList();
    }

    /** The names of the files that hold all but the recent keys, oldest first. */
    public synchronized List<String> fileNames() {
        return runs.stream().map(run -> run.path().getFileName().toString()).toList();
    }

    @Override
    public synchronized void close() {
        runs.forEach(KeyRun::close);
    }

    private boolean lookUp(KeyHash key, KeyEntry entry) {
        if (active.find(key.high(), key.low(), entry)
                || (frozen != null && frozen.find(key.high(), key.low(), entry))) {
            return true;
        }
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).find(key.high(), key.low(), entry)) {
                return true;
            }
        }
        return false;
    }

    private KeyRun write(long[] sorted) throws IOException {
        try (KeyRunWriter writer = new KeyRunWriter(nextPath(), sorted.length / KeyEntry.LONGS)) {
            for (int at = 0; at < sorted.length; at += KeyEntry.LONGS) {
                writer.add(sorted, at);
            }
            return writer.finish();
        }
    }

    private synchronized Path nextPath() {
        return folder.resolve("%012d%s".formatted(nextFile++, SUFFIX));
    }

    private static Set<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .collect(Collectors.toSet());
        }
    }

    /** A file that was merged into another. */
    public static final class Retired {
        private final KeyRun run;

        private Retired(KeyRun run) {
            this.run = run;
        }

        public void delete() {
            run.delete();
        }
    }
}
