package io.meterline.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * Compiles the templates when the program is built: {@code CompiledTemplates SOURCE TARGET}. JTE's own Maven plugin compiles
 * in the JVM of Maven, which may be an older one than the program is for.
 */
final class CompiledTemplates {

    private static final String PACKAGE = "gg.jte.generated.precompiled";

    private CompiledTemplates() {}

    public static void main(String[] arguments) {
        TemplateEngine engine = TemplateEngine.create(
                new DirectoryCodeResolver(Path.of(arguments[0])),
                Path.of(arguments[1]),
                ContentType.Html,
                CompiledTemplates.class.getClassLoader(),
                PACKAGE);
        engine.setTrimControlStructures(true);
        engine.precompileAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    }
}
