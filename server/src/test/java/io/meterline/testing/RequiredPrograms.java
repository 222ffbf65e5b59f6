package io.meterline.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresProgram}: run, skip, or fail. */
public final class RequiredPrograms implements ExecutionCondition {
    /** How a reason begins when this class skipped a test; {@link SkippedPrograms} tells by it. */
    static final String SKIPPED = "missing program: ";

    private final String path;
    private final boolean all;

    RequiredPrograms() {
        this(System.getenv().getOrDefault("PATH", ""), "all".equals(System.getenv("METERLINE_TESTS")));
    }

    /**
     * @param path folders to look in, as in the environment variable
     * @param all whether a missing program is a failure
     */
    RequiredPrograms(String path, boolean all) {
        this.path = path;
        this.all = all;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                .map(required -> decide(context.getDisplayName(), required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs no program"));
    }

    ConditionEvaluationResult decide(String test, String... programs) {
        List<String> missing =
                Arrays.stream(programs).filter(name -> !isInstalled(name)).toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("programs found");
        }
        String names = String.join(", ", missing);
        if (all) {
            throw new ExtensionConfigurationException(
                    "METERLINE_TESTS=all, but " + test + " needs a program that is not on the PATH: " + names);
        }
        return ConditionEvaluationResult.disabled(SKIPPED + names);
    }

    /** Where a program is on the {@code PATH}. */
    public static Optional<Path> find(String program) {
        return find(program, System.getenv().getOrDefault("PATH", ""));
    }

    private boolean isInstalled(String program) {
        return find(program, path).isPresent();
    }

    private static Optional<Path> find(String program, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
