package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/** Files that come with the program, for browsers: read once, packed, and sent again only when they changed. */
public final class Bundled {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "csv", "text/csv; charset=utf-8",
            "html", "text/html; charset=utf-8");

    // Fonts are packed already.
    private static final Set<String> PACKED = Set.of("css", "js", "svg", "html");

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private final Map<String, String> resources;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** @param zipped the same as gzip, or empty where that saves nothing */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record File(String type, byte[] bytes, byte[] zipped, String tag) {
        boolean isZipped() {
            return zipped.length > 0;
        }
    }

    /** @param resources on the class path, by the name that a browser asks for */
    public Bundled(Map<String, String> resources) {
        this.resources = Map.copyOf(resources);
    }

    /**
     * Where a file of a WebJar is on the class path.
     *
     * @param group of Maven, such as {@code org.webjars.npm}
     */
    public static String webJar(String group, String artifact, String path) {
        Properties properties = new Properties();
        String resource = "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
        try {
            properties.load(new ByteArrayInputStream(read(resource)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
        return "META-INF/resources/webjars/%s/%s/%s".formatted(artifact, properties.getProperty("version"), path);
    }

    /** Another text whenever one of the files is another; part of their addresses, it lets browsers keep them for good. */
    public String version() {
        CRC32C sum = new CRC32C();
        resources.keySet().stream().sorted().map(this::file).forEach(file -> sum.update(file.bytes()));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** As {@link #reply(Call, String)}, for browsers to keep when they ask for the files of this version. */
    public Reply reply(Call call, String name, boolean ofThisVersion) {
        Reply reply = reply(call, name);
        return ofThisVersion ? reply.header("Cache-Control", FOR_GOOD) : reply;
    }

    /** Answers with a file; 304 when the browser has it. Throws {@code RuleException} when there is none of this name. */
    public Reply reply(Call call, String name) {
        if (!resources.containsKey(name)) {
            throw new RuleException(Kind.NOT_FOUND, "not_found", "There is no file " + name + " here.");
        }
        File file = file(name);
        boolean known = call.header("If-None-Match").filter(file.tag()::equals).isPresent();
        Reply reply = known ? Reply.noContent().status(304) : whole(call, file);
        if (file.isZipped()) {
            reply = reply.header("Vary", "Accept-Encoding");
        }
        return reply.header("Cache-Control", "no-cache").header("ETag", file.tag());
    }

    private static Reply whole(Call call, File file) {
        boolean unpacks = call.header("Accept-Encoding")
                .filter(takes -> takes.contains("gzip"))
                .isPresent();
        return file.isZipped() && unpacks
                ? Reply.bytes(200, file.type(), file.zipped()).header("Content-Encoding", "gzip")
                : Reply.bytes(200, file.type(), file.bytes());
    }

    private File file(String name) {
        return files.computeIfAbsent(name, this::load);
    }

    private File load(String name) {
        byte[] bytes = read(resources.getOrDefault(name, name));
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        String tag = "W/\"" + HexFormat.of().toHexDigits(sum.getValue()) + '"';
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        return new File(type, bytes, PACKED.contains(ending) ? zipped(bytes) : new byte[0], tag);
    }

    private static byte[] zipped(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] read(String resource) {
        try (InputStream in = Bundled.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
