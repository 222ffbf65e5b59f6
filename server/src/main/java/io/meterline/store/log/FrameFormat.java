package io.meterline.store.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame on disk: length of the body, CRC-32C of all that follows it, first sequence, time of acceptance, and the body.
 *
 * <p>The length is covered by the checksum through the end that it gives to the body. A length of zero is no frame, so
 * that a tail of zero bytes ends the log.
 */
final class FrameFormat {

    static final int HEADER_BYTES = 4 + 4 + 8 + 8;

    /** Longer bodies do not occur: a request body is at most 32 MiB. */
    static final int MAX_BODY_BYTES = 512 << 20;

    private FrameFormat() {}

    static ByteBuffer header(long firstSequence, long acceptedAtMicros, byte[] body) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(body.length).putInt(0).putLong(firstSequence).putLong(acceptedAtMicros);
        header.putInt(4, checksum(header, ByteBuffer.wrap(body)));
        return header.flip();
    }

    /** CRC-32C of the header behind the checksum's own place, the length and the body. */
    static int checksum(ByteBuffer header, ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear().position(8).limit(HEADER_BYTES));
        crc.update(header.duplicate().clear().limit(4));
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }
}
