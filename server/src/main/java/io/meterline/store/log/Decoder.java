package io.meterline.store.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link Encoder} wrote. Throws {@code BufferUnderflowException} past the end. */
final class Decoder {

    private final ByteBuffer bytes;

    Decoder(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int readByte() {
        return bytes.get();
    }

    int readInt() {
        return bytes.getInt();
    }

    long readLong() {
        return bytes.getLong();
    }

    int readSize() {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = bytes.get();
            value |= (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return value;
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    byte[] readBytes() {
        byte[] value = new byte[readSize()];
        bytes.get(value);
        return value;
    }
}
