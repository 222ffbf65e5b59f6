package io.meterline.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file, behind its byte order mark, and how many of them were read. */
final class FileBytes extends FilterInputStream {

    private final long size;
    private long read;

    private FileBytes(Path file) throws IOException {
        super(Files.newInputStream(file));
        this.size = Files.size(file);
    }

    static FileBytes open(Path file) throws IOException {
        int skipped = 0;
        try (FileBytes mark = new FileBytes(file)) {
            byte[] first = mark.readNBytes(3);
            boolean marked =
                    first.length == 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF;
            skipped = marked ? 3 : 0;
        }
        FileBytes bytes = new FileBytes(file);
        bytes.skipNBytes(skipped);
        return bytes;
    }

    int percent() {
        return size == 0 ? 100 : (int) Math.min(100, read * 100 / size);
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        read += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        read += Math.max(0, count);
        return count;
    }
}
