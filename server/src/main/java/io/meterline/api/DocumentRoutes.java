package io.meterline.api;

import io.meterline.http.Bundled;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /openapi.yaml} and the page at {@code /docs} that shows it; the page asks nobody but this server. */
public final class DocumentRoutes implements Routes.Source {

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final Bundled files = new Bundled(Map.of(
            "index.html",
            "docs/index.html",
            "start.js",
            "docs/start.js",
            "swagger-ui.css",
            Bundled.webJar("org.webjars", "swagger-ui", "swagger-ui.css"),
            "swagger-ui-bundle.js",
            Bundled.webJar("org.webjars", "swagger-ui", "swagger-ui-bundle.js")));
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
        return files.reply(call, "index.html").header("Content-Security-Policy", PAGE_POLICY);
    }

    private Reply asset(Call call) {
        return files.reply(call, call.path("file"));
    }
}
