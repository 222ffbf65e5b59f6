package io.meterline.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.SerializableString;

/** A piece of a request's body that is known to be JSON, to be written out as it is. */
final class RawJson implements SerializableString {

    private final byte[] body;
    private final int start;
    private final int end;

    RawJson(byte[] body, int start, int end) {
        this.body = body;
        this.start = start;
        this.end = end;
    }

    @Override
    public String getValue() {
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return Arrays.copyOfRange(body, start, end);
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        int length = end - start;
        if (length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(body, start, buffer, offset, length);
        return length;
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        String text = getValue();
        if (text.length() > buffer.length - offset) {
            return -1;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(body, start, end - start);
        return end - start;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer out) {
        int length = end - start;
        if (length > out.remaining()) {
            return -1;
        }
        out.put(body, start, length);
        return length;
    }

    @Override
    public char[] asQuotedChars() {
        throw quoted();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw quoted();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw quoted();
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw quoted();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw quoted();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer out) {
        throw quoted();
    }

    private static UnsupportedOperationException quoted() {
        return new UnsupportedOperationException("it is JSON already");
    }
}
