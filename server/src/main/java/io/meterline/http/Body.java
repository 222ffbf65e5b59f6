package io.meterline.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The body of a request: its media type and its bytes, unpacked.
 *
 * @param mediaType {@code type/subtype} in lower case, one of those that the handler accepts
 * @param bytes the whole body, within the handler's limit
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Body(String mediaType, byte[] bytes) {

    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";

    /** Most bytes of a JSON body, unpacked: 8 MiB. */
    public static final int MAX_JSON_BYTES = 8 << 20;

    /** Most bytes of an NDJSON body, unpacked: 32 MiB. */
    public static final int MAX_NDJSON_BYTES = 32 << 20;

    private static final int GZIP_BUFFER_BYTES = 64 << 10;
    private static final int PIECE_BYTES = 64 << 10;

    /**
     * Reads the body of a request. Throws {@code OverloadedException} when there is no memory for it now.
     *
     * @param memory takes what the body needs, for as long as the request lasts
     * @throws RuleException {@code unsupported_media_type}, {@code unsupported_content_encoding},
     *     {@code body_too_large}, {@code body_incomplete} or {@code invalid_gzip}
     */
    static Body of(
            ServerRequest request,
            int maxBytes,
            SlowCallers slowCallers,
            BodyMemory.Share memory,
            List<String> accepted) {
        String mediaType = mediaType(request.headers(), accepted);
        boolean packed = isPacked(request.headers());
        if (!request.content().hasEntity()) {
            return new Body(mediaType, new byte[0]);
        }
        byte[] sent = receive(request, maxBytes, slowCallers, memory);
        if (!packed) {
            return new Body(mediaType, sent);
        }
        byte[] bytes = unpack(sent, maxBytes, memory);
        memory.giveBack(sent.length);
        return new Body(mediaType, bytes);
    }

    private static String mediaType(ServerRequestHeaders headers, List<String> accepted) {
        HttpMediaType sent;
        try {
            sent = headers.contentType().orElse(null);
        } catch (IllegalArgumentException | HttpException e) {
            throw unsupported("The Content-Type is not a media type; send " + String.join(" or ", accepted) + ".");
        }
        if (sent == null) {
            throw unsupported("The Content-Type is missing; send " + String.join(" or ", accepted) + ".");
        }
        String type = sent.mediaType().text().toLowerCase(Locale.ROOT);
        String charset = sent.charset().orElse("utf-8");
        if (!accepted.contains(type) || !charset.equalsIgnoreCase("utf-8")) {
            throw unsupported("The Content-Type " + type + " with charset " + charset + " is not taken here; send "
                    + String.join(" or ", accepted) + " in UTF-8.");
        }
        return type;
    }

    private static RuleException unsupported(String message) {
        return new RuleException(Kind.UNSUPPORTED, "unsupported_media_type", message);
    }

    static boolean isPacked(ServerRequestHeaders headers) {
        String encoding = headers.first(HeaderNames.CONTENT_ENCODING)
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw new RuleException(
                        Kind.UNSUPPORTED,
                        "unsupported_content_encoding",
                        "The Content-Encoding " + encoding + " is not taken; send gzip or none.");
        };
    }

    // The packed body is read whole before it is unpacked: the JDK finds the next member of a gzip file only where it
    // sees that more bytes are there already.
    private static byte[] receive(
            ServerRequest request, int maxBytes, SlowCallers slowCallers, BodyMemory.Share memory) {
        OptionalLong announced = request.headers().contentLength();
        if (announced.isPresent() && announced.getAsLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (InputStream in = slowCallers.watched(request.content().inputStream())) {
            if (announced.isPresent()) {
                memory.take(announced.getAsLong());
                byte[] bytes = new byte[(int) announced.getAsLong()];
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw cutShort();
                }
                return bytes;
            }
            return upTo(in, maxBytes, memory);
        } catch (EOFException | InsufficientDataAvailableException | NumberFormatException | RequestException e) {
            // The last two are the size of a chunk that is no number, and what follows the last chunk.
            throw cutShort();
        } catch (ClosedByInterruptException e) {
            throw new CloseConnectionException("the body did not come in time", e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                throw new CloseConnectionException("the body did not come in time", e);
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("the body could not be read", e);
        }
    }

    private static byte[] unpack(byte[] packed, int maxBytes, BodyMemory.Share memory) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), GZIP_BUFFER_BYTES)) {
            return upTo(in, maxBytes, memory);
        } catch (ZipException | EOFException e) {
            throw new RuleException(
                    Kind.INVALID,
                    "invalid_gzip",
                    "The body is not complete gzip; send it again, or without Content-Encoding.");
        } catch (IOException e) {
            throw new UncheckedIOException("the body could not be unpacked", e);
        }
    }

    private static byte[] upTo(InputStream in, int maxBytes, BodyMemory.Share memory) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        int length = 0;
        byte[] piece;
        do {
            memory.take(PIECE_BYTES);
            piece = in.readNBytes(PIECE_BYTES);
            pieces.add(piece);
            length += piece.length;
            if (length > maxBytes) {
                throw tooLarge(maxBytes);
            }
        } while (piece.length == PIECE_BYTES);
        memory.take(length);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        pieces.forEach(bytes::put);
        memory.giveBack((long) pieces.size() * PIECE_BYTES);
        return bytes.array();
    }

    private static RuleException cutShort() {
        return new RuleException(
                Kind.INVALID,
                "body_incomplete",
                "The body ended too early, or its chunks are malformed; send it again.");
    }

    private static RuleException tooLarge(int maxBytes) {
        return new RuleException(
                Kind.TOO_LARGE,
                "body_too_large",
                "The body is larger than " + maxBytes + " bytes (unpacked); send it in several requests.");
    }
}
