package io.meterline.loader.source;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** PostgreSQL 12, the oldest that is supported: the profile long fetches it. */
@Tag("long")
final class OldestPostgresContractTest extends PostgresContractTest {

    private static final Path JAR = Path.of("target", "postgres-12", "postgres.jar");

    @Override
    SourceServer server() {
        return new SourceServer(EmbeddedPostgres.builder().setPgBinaryResolver((_, _) -> archive()));
    }

    private static InputStream archive() throws IOException {
        FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + JAR.toUri()), Map.of());
        return Files.newInputStream(jar.getPath("postgres-linux-x86_64.txz"));
    }
}
