package io.meterline.store.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index knows of every key what a map knows, whichever file it is in. */
final class KeyIndexTest {

    private static final long[] HALVES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE, 1L << 52, 7
    };

    @TempDir
    Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<KeyHash, Known> model = new HashMap<>();
    private final Set<KeyHash> asked = new HashSet<>();
    private long sequence = 1;

    @Test
    void indexKnowsWhatAMapKnows() throws IOException {
        for (int round = 0; round < 6; round++) {
            Path files = folder.resolve("keys-" + round);
            model.clear();
            asked.clear();
            play(files, 25, round % 3 == 0 ? 600 : 60);
        }
    }

    private void play(Path files, int steps, int keysAStep) throws IOException {
        KeyIndex index = KeyIndex.open(files, List.of());
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < keysAStep; i++) {
                change(index);
            }
            if (random.nextInt(4) > 0) {
                index.freeze();
                change(index);
                check(index);
                index.writeFrozen();
                check(index);
                List<KeyIndex.Retired> retired = index.merge();
                check(index);
                retired.forEach(KeyIndex.Retired::delete);
            }
            if (random.nextInt(6) == 0) {
                index.freeze();
                index.writeFrozen();
                List<String> names = index.fileNames();
                index.close();
                Files.writeString(files.resolve("000000009999.keys"), "left over");
                index = KeyIndex.open(files, names);
                assertThat(names(files)).containsExactlyInAnyOrderElementsOf(names);
                assertThat(index.recentKeys()).isZero();
            }
            check(index);
        }
        index.close();
    }

    @Test
    void manyFilesAreMergedIntoFew() throws IOException {
        try (KeyIndex index = KeyIndex.open(folder, List.of())) {
            for (int i = 0; i < 100; i++) {
                for (int key = 0; key < 20; key++) {
                    change(index);
                }
                index.freeze();
                index.writeFrozen();
                index.merge().forEach(KeyIndex.Retired::delete);
            }

            assertThat(index.fileNames()).hasSizeLessThan(20);
            check(index);
        }
    }

    @Test
    void keysWithEqualHighHalvesSpanBlocks() throws IOException {
        try (KeyIndex index = KeyIndex.open(folder, List.of())) {
            KeyEntry entry = new KeyEntry();
            for (long high : new long[] {-5, 0, 5}) {
                for (long low = -500; low < 500; low++) {
                    put(index, new KeyHash(high, low), entry);
                }
            }
            index.freeze();
            index.writeFrozen();

            check(index);
        }
    }

    @Test
    void tableOfKeysAtItsVeryEndIsSorted() {
        KeyTable table = new KeyTable();
        KeyEntry entry = new KeyEntry();
        entry.sequence = 1;
        for (long low = 5_000; low > 0; low--) {
            table.put(Long.MAX_VALUE, low, entry);
        }

        long[] sorted = table.sorted();

        assertThat(table.size()).isEqualTo(5_000);
        assertThat(LongStream.range(0, 5_000)
                        .map(i -> sorted[(int) i * KeyEntry.LONGS + 1])
                        .toArray())
                .isEqualTo(LongStream.rangeClosed(1, 5_000).toArray());
        assertThat(table.find(Long.MAX_VALUE, 5_001, entry)).isFalse();
    }

    @Test
    void entryHoldsTheGreatestCustomerAndType() {
        KeyEntry entry = new KeyEntry();
        entry.place((1L << 46) - 1, 0xFFFF);

        assertThat(entry.customer()).isEqualTo((1L << 46) - 1);
        assertThat(entry.type()).isEqualTo(0xFFFF);
        assertThat(entry.removed()).isFalse();
        entry.markRemoved();
        assertThat(entry.removed()).isTrue();
    }

    @Test
    void bloomFilterNeverDeniesAKeyAndSeldomInventsOne() {
        BloomFilter filter = new BloomFilter(10_000);
        for (int i = 0; i < 10_000; i++) {
            KeyHash key = new KeyHash(random.nextLong(), random.nextLong());
            filter.add(key.high(), key.low());
            asked.add(key);
        }
        int invented = 0;
        for (int i = 0; i < 10_000; i++) {
            invented += filter.mayContain(random.nextLong(), random.nextLong()) ? 1 : 0;
        }

        assertThat(asked).as("seed %d", seed).allMatch(key -> filter.mayContain(key.high(), key.low()));
        assertThat(invented).isLessThan(1_000);
    }

    @Test
    void missingFileIsRefused() {
        assertThatThrownBy(() -> KeyIndex.open(folder, List.of("000000000001.keys")))
                .isInstanceOf(IOException.class);
    }

    private void change(KeyIndex index) {
        KeyHash key = key();
        KeyEntry entry = new KeyEntry();
        boolean there = index.find(key, entry);
        assertThat(there).as("seed %d", seed).isEqualTo(model.containsKey(key));
        if (there && random.nextInt(3) == 0) {
            entry.sequence = sequence++;
            entry.markRemoved();
            index.put(key, entry);
            model.remove(key);
            asked.add(key);
        } else {
            put(index, key, entry);
        }
    }

    private void put(KeyIndex index, KeyHash key, KeyEntry entry) {
        entry.version = random.nextLong();
        entry.sequence = sequence++;
        entry.fingerprint = random.nextLong();
        entry.place(random.nextInt(1_000), random.nextInt(1 << 16));
        index.put(key, entry);
        model.put(key, known(entry));
        asked.add(key);
    }

    private void check(KeyIndex index) {
        KeyEntry entry = new KeyEntry();
        List<KeyHash> wrong = new ArrayList<>();
        for (KeyHash key : asked) {
            Known expected = model.get(key);
            Known found = index.find(key, entry) ? known(entry) : null;
            if (expected == null ? found != null : !expected.equals(found)) {
                wrong.add(key);
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }

    /** Any key, or one whose halves many share. */
    private KeyHash key() {
        return random.nextInt(3) == 0
                ? new KeyHash(random.nextLong(), random.nextLong())
                : new KeyHash(HALVES[random.nextInt(HALVES.length)], HALVES[random.nextInt(HALVES.length)]);
    }

    private static Set<String> names(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static Known known(KeyEntry entry) {
        return new Known(entry.version, entry.sequence, entry.fingerprint, entry.customer(), entry.type());
    }

    private record Known(long version, long sequence, long fingerprint, long customer, int type) {}
}
