package io.meterline.store.key;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Merges sorted key files into one; of entries with the same key the newest file's stays. */
final class KeyRunMerge {

    private KeyRunMerge() {}

    /**
     * Writes the merged file.
     *
     * @param runs oldest first
     * @param oldest true when no older file exists, so that entries of removed keys need to hide nothing and are dropped
     */
    static KeyRun merge(Path target, List<KeyRun> runs, boolean oldest) throws IOException {
        long keys = 0;
        List<KeyRun.Scan> scans = new ArrayList<>();
        for (KeyRun run : runs) {
            keys += run.size();
            scans.add(run.scan());
        }
        try (KeyRunWriter writer = new KeyRunWriter(target, keys)) {
            KeyRun.Scan winner;
            while ((winner = least(scans)) != null) {
                long[] entries = winner.entries();
                int at = winner.at();
                if (!oldest || !KeyEntry.removed(entries, at)) {
                    writer.add(entries, at);
                }
                skip(scans, entries[at], entries[at + 1]);
            }
            return writer.finish();
        }
    }

    /** The scan at the least hash; of equal ones the newest. Null at the end of all. */
    private static KeyRun.@org.jspecify.annotations.Nullable Scan least(List<KeyRun.Scan> scans) {
        KeyRun.Scan least = null;
        for (KeyRun.Scan scan : scans) {
            if (scan.hasEntry() && (least == null || compare(scan, least) <= 0)) {
                least = scan;
            }
        }
        return least;
    }

    private static void skip(List<KeyRun.Scan> scans, long high, long low) {
        for (KeyRun.Scan scan : scans) {
            if (scan.hasEntry() && scan.entries()[scan.at()] == high && scan.entries()[scan.at() + 1] == low) {
                scan.advance();
            }
        }
    }

    private static int compare(KeyRun.Scan scan, KeyRun.Scan other) {
        return KeyRun.compare(
                scan.entries()[scan.at()],
                scan.entries()[scan.at() + 1],
                other.entries()[other.at()],
                other.entries()[other.at() + 1]);
    }
}
