package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

    @Test
    void aTrainingStartIsAnsweredAndEnds(@TempDir Path folder) {
        assertThat(Main.commandLine().execute("train", "--data", folder.toString()))
                .isZero();
    }

    @Test
    void theLibrariesOfTheDriversLeaveNoFileOnLinux(@TempDir Path folder) throws Exception {
        assertThat(Main.commandLine().execute("train", "--data", folder.toString()))
                .isZero();

        Path maps = Path.of("/proc/self/maps");
        if (Files.isReadable(maps)) {
            try (Stream<String> lines = Files.lines(maps)) {
                List<String> loaded = lines.filter(line -> line.contains("libduckdb_java") || line.contains("sqlite-"))
                        .toList();
                assertThat(loaded).isNotEmpty().allMatch(line -> line.endsWith("(deleted)"));
            }
        }
    }
}
