package io.meterline.store.log;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a segment up to its end or to the first that is not whole. */
final class FrameReader {

    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(FrameFormat.HEADER_BYTES);
    private long position;

    FrameReader(FileChannel channel) {
        this.channel = channel;
    }

    /** Where the last whole frame ended. */
    long position() {
        return position;
    }

    /** The next whole frame, or null. */
    @Nullable
    Frame next() throws IOException {
        long left = channel.size() - position;
        if (left < FrameFormat.HEADER_BYTES || !fill(header.clear(), position)) {
            return null;
        }
        int length = header.getInt(0);
        if (length <= 0 || length > FrameFormat.MAX_BODY_BYTES || length > left - FrameFormat.HEADER_BYTES) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(body, position + FrameFormat.HEADER_BYTES)
                || FrameFormat.checksum(header, body.flip()) != header.getInt(4)) {
            return null;
        }
        Frame frame = new Frame(header.getLong(8), header.getLong(16), decode(body));
        position += FrameFormat.HEADER_BYTES + length;
        return frame;
    }

    /** A whole frame that cannot be read was not written by this version, and is not dropped. */
    private Change decode(ByteBuffer body) throws IOException {
        try {
            return ChangeCodec.decode(body);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("The log frame at byte " + position + " cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean fill(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }
}
