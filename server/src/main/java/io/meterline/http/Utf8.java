package io.meterline.http;

import io.meterline.event.RuleException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The check that a body is UTF-8.
 *
 * <p>The JSON parser takes some byte sequences that are none (overlong forms, halves of surrogate pairs). They would
 * turn into something else on their way to the disk.
 */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Throws {@link RuleException} {@code invalid_utf8} with the place of the first byte that is wrong. */
    public static void check(byte[] bytes) {
        check(bytes, 0, bytes.length);
    }

    /** The same for a part of an array. */
    public static void check(byte[] bytes, int from, int to) {
        int ascii = skipAscii(bytes, from, to);
        if (ascii < to) {
            decode(bytes, ascii, to);
        }
    }

    // Bodies are nearly always ASCII: eight bytes at a time, this costs about what reading memory costs.
    private static int skipAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private static void decode(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(Math.min(8_192, to - from + 1));
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_utf8",
                    "The body is not valid UTF-8 at byte " + in.position() + "; encode it as UTF-8.");
        }
    }
}
