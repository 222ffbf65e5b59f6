package io.meterline.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers and content, not yet sent. Each method gives a new one. */
public final class Reply {

    private static final Content NOTHING = new Content.Bytes("", new byte[0]);

    private final int status;
    private final Map<String, String> headers;
    private final Content content;
    private final Content kept;

    private Reply(int status, Map<String, String> headers, Content content, Content kept) {
        this.status = status;
        this.headers = headers;
        this.content = content;
        this.kept = kept;
    }

    private static Reply of(int status, Content content) {
        return new Reply(status, Map.of(), content, content);
    }

    /** 200 with a value as JSON. */
    public static Reply ok(Object value) {
        return json(200, value);
    }

    /** 201 with a value as JSON. */
    public static Reply created(Object value) {
        return json(201, value);
    }

    /** 200 with a page, or a part of one. */
    public static Reply html(String html) {
        return bytes(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** The same answer under another status. */
    public Reply status(int other) {
        return new Reply(other, headers, content, kept);
    }

    /** 303: the caller goes on with a GET there. */
    public static Reply seeOther(String path) {
        return of(303, NOTHING).header("Location", path);
    }

    /** 204. */
    public static Reply noContent() {
        return of(204, NOTHING);
    }

    public static Reply json(int status, Object value) {
        return bytes(status, Body.JSON, Json.bytes(value));
    }

    /** The array is not copied. */
    public static Reply bytes(int status, String contentType, byte[] bytes) {
        return of(status, new Content.Bytes(contentType, bytes));
    }

    /** 200 with content that is written piece by piece: exports, server-sent events. A failure closes the connection. */
    public static Reply stream(String contentType, Writer writer) {
        return of(200, new Content.Stream(contentType, writer));
    }

    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content, kept);
    }

    /** What is kept under an {@code Idempotency-Key} in place of the content, where the content holds a secret. */
    public Reply keeping(Object value) {
        return new Reply(status, headers, content, new Content.Bytes(Body.JSON, Json.bytes(value)));
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Whether the content is written piece by piece. */
    public boolean isStream() {
        return content instanceof Content.Stream;
    }

    /** The content, which is not copied. Throws {@code IllegalStateException} for a stream. */
    public byte[] bytes() {
        return switch (content) {
            case Content.Bytes bytes -> bytes.bytes();
            case Content.Stream stream -> throw new IllegalStateException(stream.type() + " is a stream");
        };
    }

    Content content() {
        return content;
    }

    Content kept() {
        return kept;
    }

    /** Writes content to the connection; {@code flush} sends what there is. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;

        /** Called in place of {@link #write} when nobody wants the content, as for HEAD. */
        default void skip() throws IOException {}
    }

    /** What an answer carries. */
    sealed interface Content {
        String type();

        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Bytes(String type, byte[] bytes) implements Content {}

        record Stream(String type, Writer writer) implements Content {}
    }
}
