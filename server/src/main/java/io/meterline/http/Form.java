package io.meterline.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;
import org.apache.commons.fileupload.RequestContext;
import org.jspecify.annotations.Nullable;

/** Reads {@code multipart/form-data}, part by part and never whole. */
final class Form {

    private static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 20;
    private static final int MAX_FIELD_BYTES = 1_024;
    private static final int MAX_PART_HEADERS = 4_096;
    private static final int GZIP_BUFFER_BYTES = 64 << 10;

    private Form() {}

    static void read(ServerRequest request, SlowCallers slowCallers, FormParts parts) throws IOException {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.regionMatches(true, 0, MEDIA_TYPE, 0, MEDIA_TYPE.length())) {
            throw new RuleException(
                    Kind.UNSUPPORTED,
                    "unsupported_media_type",
                    "Send the file in a form, multipart/form-data, as in curl -F file=@usage.csv.");
        }
        FileUpload upload = new FileUpload();
        upload.setPartHeaderSizeMax(MAX_PART_HEADERS);
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        try (InputStream sent = sent(request, slowCallers);
                InputStream in = unpacked(request, sent)) {
            FileItemIterator items = upload.getItemIterator(new Sent(type, in));
            int count = 0;
            while (items.hasNext()) {
                if (++count > MAX_PARTS) {
                    throw invalid("The form has more than " + MAX_PARTS + " parts.");
                }
                hand(items.next(), parts);
            }
        } catch (FileUploadException e) {
            throw invalid("The form is malformed: a part without a name, or no boundary in the Content-Type.");
        } catch (MalformedStreamException | EOFException e) {
            throw cutShort();
        }
    }

    private static void hand(FileItemStream item, FormParts parts) throws IOException {
        String name = item.getFieldName();
        if (name == null) {
            throw invalid("A part of the form has no name.");
        }
        try (InputStream content = item.openStream()) {
            String fileName = item.getName();
            if (!item.isFormField() && fileName != null) {
                parts.file(name, fileName, content);
                return;
            }
            byte[] value = content.readNBytes(MAX_FIELD_BYTES + 1);
            if (value.length > MAX_FIELD_BYTES) {
                throw invalid("The field " + name + " is longer than " + MAX_FIELD_BYTES
                        + " bytes. A file is sent with its name: -F file=@usage.csv.");
            }
            parts.field(name, new String(value, StandardCharsets.UTF_8));
        }
    }

    private static InputStream sent(ServerRequest request, SlowCallers slowCallers) {
        if (!request.content().hasEntity()) {
            throw invalid("The form is empty.");
        }
        return new Sending(slowCallers.watchedFiles(request.content().inputStream()));
    }

    private static InputStream unpacked(ServerRequest request, InputStream sent) throws IOException {
        if (!Body.isPacked(request.headers())) {
            return sent;
        }
        try {
            return new GZIPInputStream(sent, GZIP_BUFFER_BYTES);
        } catch (ZipException | EOFException e) {
            throw new RuleException(
                    Kind.INVALID, "invalid_gzip", "The body is not gzip; send it again, or without Content-Encoding.");
        }
    }

    private static RuleException invalid(String message) {
        return new RuleException(Kind.INVALID, "invalid_form", message);
    }

    private static RuleException cutShort() {
        return new RuleException(
                Kind.INVALID,
                "body_incomplete",
                "The body ended too early, or its chunks are malformed; send it again.");
    }

    /** What breaks off on the way is the sender's fault, whoever reads it. */
    private static final class Sending extends FilterInputStream {

        Sending(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (EOFException | InsufficientDataAvailableException | NumberFormatException | RequestException e) {
                // The last one is the size of a chunk that is no number.
                throw cutShort();
            } catch (ClosedByInterruptException e) {
                throw late(e);
            } catch (UncheckedIOException e) {
                throw e.getCause() instanceof ClosedByInterruptException ? late(e) : e;
            }
        }
    }

    private static CloseConnectionException late(Exception e) {
        return new CloseConnectionException("the form did not come in time", e);
    }

    private record Sent(String contentType, InputStream in) implements RequestContext {

        @Override
        public @Nullable String getCharacterEncoding() {
            return null;
        }

        @Override
        @SuppressWarnings("deprecation") // It is abstract all the same.
        public int getContentLength() {
            return -1;
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }
    }
}
