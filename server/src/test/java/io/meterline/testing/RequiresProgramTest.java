package io.meterline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestIdentifier;

final class RequiresProgramTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void installOneProgram() throws IOException {
        Files.createFile(
                folder.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(folder.resolve("notExecutable"), "");
    }

    @Test
    void runsWhenEveryProgramIsOnThePath() {
        // Given
        var condition = new RequiredPrograms("/nowhere:" + folder, false);

        // When
        var result = condition.decide("aTest", "there");

        // Then
        assertThat(result.isDisabled()).isFalse();
    }

    @Test
    void skipsAndNamesOnlyWhatIsMissing() {
        // Given
        var condition = new RequiredPrograms(folder.toString(), false);

        // When
        var result = condition.decide("aTest", "there", "notExecutable", "absent");

        // Then
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("missing program: notExecutable, absent");
    }

    @Test
    void failsInsteadWhenAllTestsAreAskedFor() {
        // Given
        var condition = new RequiredPrograms(folder.toString(), true);

        // When, then
        assertThatThrownBy(() -> condition.decide("aTest", "absent"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("METERLINE_TESTS=all, but aTest needs a program that is not on the PATH: absent");
    }

    @Test
    void lastLineNamesProgramsAndTests() {
        // Given
        var listener = new SkippedPrograms();

        // When
        listener.executionSkipped(testOf(RequiresProgramTest.class), "missing program: strace");
        listener.executionSkipped(testOf(String.class), "missing program: strace");
        listener.executionSkipped(testOf(Integer.class), "missing program: chromium");
        listener.executionSkipped(testOf(Long.class), "some other reason");

        // Then
        assertThat(listener.lastLine())
                .isEqualTo("Skipped, because a program is missing: "
                        + "chromium (Integer); strace (RequiresProgramTest, String)");
    }

    @Test
    void lastLineSaysWhenNothingIsMissing() {
        assertThat(new SkippedPrograms().lastLine()).isEqualTo("Nothing was skipped.");
    }

    private static TestIdentifier testOf(Class<?> type) {
        return TestIdentifier.from(new Descriptor(type));
    }

    private static final class Descriptor extends AbstractTestDescriptor {
        Descriptor(Class<?> type) {
            super(UniqueId.root("class", type.getName()), type.getSimpleName(), ClassSource.from(type));
        }

        @Override
        public Type getType() {
            return TestDescriptor.Type.TEST;
        }
    }
}
