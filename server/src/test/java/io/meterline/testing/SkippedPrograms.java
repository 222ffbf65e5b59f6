package io.meterline.testing;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says in the last line of a run which tests were skipped for want of a program, so that no gap goes unseen. */
public final class SkippedPrograms implements TestExecutionListener {
    private final SortedMap<String, TreeSet<String>> testsByPrograms = new TreeMap<>();

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        if (reason.startsWith(RequiredPrograms.SKIPPED)) {
            String programs = reason.substring(RequiredPrograms.SKIPPED.length());
            testsByPrograms.computeIfAbsent(programs, name -> new TreeSet<>()).add(nameOf(test));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        System.out.println(lastLine());
    }

    String lastLine() {
        if (testsByPrograms.isEmpty()) {
            return "Nothing was skipped.";
        }
        return testsByPrograms.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining("; ", "Skipped, because a program is missing: ", ""));
    }

    private static String nameOf(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        return switch (source) {
            case ClassSource type -> simpleName(type.getClassName());
            case MethodSource method -> simpleName(method.getClassName()) + "." + method.getMethodName();
            case null, default -> test.getDisplayName();
        };
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
