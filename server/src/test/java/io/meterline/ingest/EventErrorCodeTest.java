package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventErrorCodeTest {

    @ParameterizedTest
    @EnumSource(EventErrorCode.class)
    void everyCodeIsInTheReferenceAndInTheApiDocument(EventErrorCode code) throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/errors.md"));
        String document = Files.readString(Path.of("src/main/resources/openapi/paths/events.yaml"));

        assertThat(reference).contains("| `" + code.text() + "` | " + code.sentence() + " |");
        assertThat(document).contains("            - " + code.text() + "\n");
    }
}
