package io.meterline.console;

import io.meterline.http.Bundled;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Styles, scripts, fonts and icons of the pages. All come from this server, none need a sign-in, and a browser asks for each
 * once until there is another version of them.
 */
public final class Assets implements Routes.Source {

    private static final String PATH = "/console/assets/";

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

    private static final Bundled FILES = new Bundled(files());

    // Reads and packs every file, so it waits for the first page.
    private static final class Version {
        private static final String TEXT = FILES.version();
    }

    /** The address of a file. Those that it names relative to itself are found, too. */
    public static String at(String name) {
        return PATH + Version.TEXT + '/' + name;
    }

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
        routes.open(PATH + "{version}/{file}", call -> reply(call, call.path("file")));
        routes.open(PATH + "{version}/fonts/{file}", call -> reply(call, "fonts/" + call.path("file")));
    }

    // A page of before an upgrade gets what there is, but is not to keep it under the old address.
    private static Reply reply(Call call, String name) {
        return FILES.reply(call, name, call.path("version").equals(Version.TEXT));
    }
}
