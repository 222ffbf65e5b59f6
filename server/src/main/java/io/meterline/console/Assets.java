package io.meterline.console;

import io.meterline.http.Bundled;
import io.meterline.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Styles, scripts, fonts and icons of the pages. All come from this server, none need a sign-in. */
final class Assets implements Routes.Source {

    private static final String WEBJARS = "org.webjars.npm";

    private static final List<String> OURS = List.of(
            "console.css",
            "frame.css",
            "parts.css",
            "work.css",
            "billing.css",
            "print.css",
            "mark.svg",
            "console.js",
            "theme.js",
            "charts.js",
            "prices.js",
            "sql-editor.js",
            "usage.css",
            "usage.js",
            "loaders.css",
            "loaders.js",
            "icons.svg",
            "fonts/inter-latin.woff2",
            "fonts/inter-latin-ext.woff2",
            "fonts/jetbrains-mono-latin.woff2",
            "fonts/jetbrains-mono-latin-ext.woff2");

    private final Bundled files = new Bundled(files());

    private static Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        OURS.forEach(name -> files.put(name, "console/assets/" + name));
        files.put("htmx.js", Bundled.webJar(WEBJARS, "htmx.org", "dist/htmx.min.js"));
        files.put("chart.js", Bundled.webJar(WEBJARS, "chart.js", "dist/chart.umd.min.js"));
        files.put("prism.js", Bundled.webJar(WEBJARS, "prismjs", "components/prism-core.min.js"));
        files.put("prism-sql.js", Bundled.webJar(WEBJARS, "prismjs", "components/prism-sql.min.js"));
        return files;
    }

    @Override
    public void register(Routes routes) {
        routes.open("/console/assets/{file}", call -> files.reply(call, call.path("file")));
        routes.open("/console/assets/fonts/{file}", call -> files.reply(call, "fonts/" + call.path("file")));
    }
}
