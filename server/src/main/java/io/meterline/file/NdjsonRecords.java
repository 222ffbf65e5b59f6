package io.meterline.file;

import io.meterline.ingest.EventErrorCode;
import io.meterline.ingest.RecordRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lines of an NDJSON file. Blank lines are no records. */
final class NdjsonRecords implements RecordSource {

    private static final int BUFFER_BYTES = 256 << 10;
    // Spaces around an event do not count against its size.
    private static final int MAX_LINE_BYTES = 2 * RecordRules.MAX_EVENT_BYTES;
    private static final int SHOWN_BYTES = 1_024;

    private final FileBytes file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int at;
    private int limit;
    private long number;

    private NdjsonRecords(FileBytes file) {
        this.file = file;
    }

    static NdjsonRecords open(Path path) throws IOException {
        return new NdjsonRecords(FileBytes.open(path));
    }

    @Override
    public boolean next(Chunk chunk) throws IOException {
        while (fill()) {
            number++;
            int length = readLine();
            if (length > MAX_LINE_BYTES) {
                String raw = new String(line, 0, SHOWN_BYTES, StandardCharsets.UTF_8);
                chunk.fault(LineError.of(number, EventErrorCode.EVENT_TOO_LARGE.at("")), raw);
                return true;
            }
            if (!isBlank(length)) {
                chunk.write(line, 0, length);
                chunk.end(number);
                return true;
            }
        }
        return false;
    }

    @Override
    public int percent() {
        return file.percent();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Reads to the end of the line; returns its length, of which at most the first 128 KiB are kept. */
    private int readLine() throws IOException {
        int length = 0;
        while (fill()) {
            int start = at;
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            int part = at - start;
            int kept = Math.min(part, Math.max(0, MAX_LINE_BYTES - length));
            System.arraycopy(buffer, start, line, Math.min(length, MAX_LINE_BYTES), kept);
            length = Math.min(length + part, MAX_LINE_BYTES + 1);
            if (at < limit) {
                at++;
                break;
            }
        }
        return length;
    }

    private boolean fill() throws IOException {
        if (at == limit) {
            at = 0;
            limit = Math.max(0, file.read(buffer, 0, buffer.length));
        }
        return at < limit;
    }

    private boolean isBlank(int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
