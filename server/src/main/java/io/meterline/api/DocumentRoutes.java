package io.meterline.api;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /openapi.yaml} and the page at {@code /docs} that shows it; the page asks nobody but this server. */
public final class DocumentRoutes implements Routes.Source {

    private static final String CACHE = "public, max-age=3600";
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final String WEBJAR_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";

    private static final Map<String, String> TYPES = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "start.js", "text/javascript; charset=utf-8");

    private final Routes routes;
    private final AtomicReference<byte[]> document = new AtomicReference<>();

    /** Describes the given routes, those that are added later included. */
    public DocumentRoutes(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("documents");
        routes.open("/openapi.yaml", this::yaml);
        routes.open("/docs", this::page);
        routes.open("/docs/{file}", this::asset);
    }

    // Put together when it is first asked for: the start need not wait for it.
    private Reply yaml(Call call) {
        byte[] yaml = document.get();
        if (yaml == null) {
            yaml = OpenApiDocument.yaml(routes.fragments());
            document.set(yaml);
        }
        return Reply.bytes(200, "application/yaml", yaml);
    }

    private Reply page(Call call) {
        return Reply.bytes(200, "text/html; charset=utf-8", bytes("docs/index.html"))
                .header("Content-Security-Policy", PAGE_POLICY);
    }

    private Reply asset(Call call) {
        String file = call.path("file");
        String type = TYPES.get(file);
        if (type == null) {
            throw new RuleException(Kind.NOT_FOUND, "not_found", "There is no such file; the page is at /docs.");
        }
        String resource = file.equals("start.js") ? "docs/start.js" : WEBJAR + webjarVersion() + "/" + file;
        return Reply.bytes(200, type, bytes(resource)).header("Cache-Control", CACHE);
    }

    private static String webjarVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes(WEBJAR_VERSION)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + WEBJAR_VERSION, e);
        }
        return properties.getProperty("version");
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = DocumentRoutes.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
