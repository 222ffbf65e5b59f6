package io.meterline.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;
import java.util.Map;

/**
 * The pages, compiled with the rest of the program. With {@code -Dmeterline.templates=server/src/main/jte} they are read
 * from there and compiled whenever they change, for whoever works on them.
 */
final class Templates {

    private static final String FOLDER = System.getProperty("meterline.templates", "");

    private static final Path CLASSES = Path.of(
            System.getProperty("java.io.tmpdir"),
            "meterline-templates-" + ProcessHandle.current().pid());

    private final TemplateEngine engine = FOLDER.isEmpty()
            ? TemplateEngine.createPrecompiled(ContentType.Html)
            : TemplateEngine.create(new DirectoryCodeResolver(Path.of(FOLDER)), CLASSES, ContentType.Html);

    Templates() {
        engine.setTrimControlStructures(true);
    }

    /** The HTML of a template such as {@code events/list.jte}. */
    String render(String template, Map<String, Object> parameters) {
        StringOutput html = new StringOutput();
        engine.render(template, parameters, html);
        return html.toString();
    }
}
