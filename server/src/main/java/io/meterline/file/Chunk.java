package io.meterline.file;

import io.meterline.ingest.Batch;
import io.meterline.ingest.EventParser;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Some records of a file in a row, as JSON of one event each, and those that could not even become JSON. */
final class Chunk extends ByteArrayOutputStream {

    private static final int MAX_RECORDS = 5_000;
    private static final int FULL_BYTES = 2 << 20;

    private final List<Fault> faults = new ArrayList<>();
    private long[] lines = new long[512];
    private int[] bounds = new int[512];
    private int size;

    Chunk() {
        super(256 << 10);
    }

    /**
     * A record that is no event whatever its values.
     *
     * @param raw what there is of it, to be shown
     */
    record Fault(LineError error, String raw) {}

    boolean isFull() {
        return records() >= MAX_RECORDS || count >= FULL_BYTES;
    }

    /** How many records there are, good or bad. */
    int records() {
        return size + faults.size();
    }

    /** The record that was written since the last call, or since the start, begins on this line. */
    void end(long line) {
        if (size == lines.length - 1) {
            lines = Arrays.copyOf(lines, size * 2);
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        lines[size] = line;
        bounds[++size] = count;
    }

    /** Sets a record aside; what was written of it is dropped. */
    void fault(LineError error, String raw) {
        count = bounds[size];
        faults.add(new Fault(error, raw));
    }

    List<Fault> faults() {
        return faults;
    }

    /** The line of the record with this index in {@link #parse}. */
    long line(int index) {
        return lines[index];
    }

    /** Where the record with this index begins in the {@link #body}, and the one before it ends. */
    int bound(int index) {
        return bounds[index];
    }

    Batch parse(EventParser parser) {
        for (int i = 0; i < size; i++) {
            parser.line(buf, bounds[i], bounds[i + 1], i);
        }
        return parser.taken(buf);
    }

    byte[] body() {
        return buf;
    }
}
