package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.testing.RequiresProgram;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and SSH tunnels, to real servers with a certificate of a test's own authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecureSourceTest {

    private final TestSshServer ssh = new TestSshServer();
    private final PostgresSource source = new PostgresSource();
    private TestCertificates certificates;
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        certificates = new TestCertificates(folder);
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificates.certificate().toString())
                .setServerConfig("ssl_key_file", certificates.key().toString())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE secure LOGIN PASSWORD 's3cret'");
            statement.execute(
                    "COPY (VALUES ('host all postgres all trust'), ('hostssl all secure all scram-sha-256')) TO '"
                            + hbaFile(statement) + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String hbaFile(Statement statement) throws SQLException {
        try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
            file.next();
            return file.getString(1);
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
        ssh.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, prefer, none, ",
        "localhost, require, none, ",
        "localhost, verify-ca, own, ",
        "127.0.0.1, verify-ca, own, ",
        "localhost, verify-full, own, ",
        "127.0.0.1, verify-full, own, another host name",
        "localhost, verify-full, none, not signed by an authority",
        "localhost, verify-ca, none, not signed by an authority",
        "localhost, verify-ca, other, not signed by an authority",
        "localhost, verify-full, other, not signed by an authority",
    })
    void aCertificateIsCheckedAsFarAsTheModeSays(String host, String mode, String ca, @Nullable String refused) {
        check(address(host, postgres.getPort(), mode, ca, null), refused);
    }

    private void check(ServerAddress address, @Nullable String refused) {
        SourceDatabase database = address.provider() == Provider.POSTGRES ? source : new MySqlSource();
        if (refused == null) {
            assertThatCode(() -> database.check(address)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> database.check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
                assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo("certificate_invalid");
                assertThat(e.sentence()).contains(refused);
            });
        }
    }

    @Test
    void aServerThatWantsTlsSaysSo() {
        assertCode(address("localhost", postgres.getPort(), "disable", "none", null), "tls_required");
    }

    @Test
    @RequiresProgram("mariadbd")
    void mariaDbIsReachedTheSameWays(@TempDir Path folder) {
        try (MariaDbServer maria = new MariaDbServer(
                folder,
                "--ssl-cert=" + certificates.certificate(),
                "--ssl-key=" + certificates.key(),
                "--require-secure-transport=OFF")) {
            maria.execute(
                    "CREATE USER 'secure'@'%' IDENTIFIED BY 's3cret' REQUIRE SSL",
                    "GRANT SELECT ON shop.* TO 'secure'@'%'");
            for (String mode : new String[] {"prefer", "require"}) {
                check(maria(maria, "localhost", mode, "none", null), null);
            }
            for (String mode : new String[] {"verify-ca", "verify-full"}) {
                check(maria(maria, "localhost", mode, "own", null), null);
                check(maria(maria, "localhost", mode, "other", null), "not signed by an authority");
                check(maria(maria, "localhost", mode, "none", null), "not signed by an authority");
            }
            check(maria(maria, "127.0.0.1", "verify-full", "own", null), "another host name");
            check(maria(maria, "localhost", "verify-full", "own", tunnel("s3cret", ssh.fingerprint())), null);
        }
    }

    private ServerAddress maria(MariaDbServer server, String host, String mode, String ca, @Nullable SshTunnel tunnel) {
        ServerAddress postgresLike = address(host, server.port(), mode, ca, tunnel);
        return new ServerAddress(
                Provider.MARIADB, host, server.port(), "shop", "secure", "s3cret", postgresLike.tls(), tunnel);
    }

    @Test
    void aTunnelLeadsToTheServerWhoseCertificateStillBearsItsName() {
        ServerAddress address =
                address("localhost", postgres.getPort(), "verify-full", "own", tunnel("s3cret", ssh.fingerprint()));

        source.check(address);
        try (SourceSession session = source.open(address, new ReadLimits(0, Duration.ofSeconds(30)))) {
            RowStream rows = session.read(
                    SqlText.parse("select generate_series(1, 100000) as id"), Bindings.at(session.moment()));
            int count = 0;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, ", "EC, 256, ", "EC, 256, passphrase"})
    void aTunnelMayUseAKey(String algorithm, int bits, @Nullable String passphrase) throws Exception {
        KeyPair pair = KeyUtils.generateKeyPair(algorithm.equals("RSA") ? "ssh-rsa" : "ecdsa-sha2-nistp256", bits);
        ssh.accept(pair.getPublic());

        source.check(address("localhost", postgres.getPort(), "require", "none", withKey(pair, passphrase)));
    }

    @Test
    @RequiresProgram("ssh-keygen")
    void aTunnelMayUseTheKeyThatSshKeygenMakes(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key");
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "passphrase", "-f", file.toString())
                .start();
        assertThat(keygen.waitFor()).isZero();
        ssh.accept(AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(folder.resolve("key.pub")))
                .resolvePublicKey(null, null));
        SshTunnel tunnel = new SshTunnel(
                "127.0.0.1", ssh.port(), "tunnel", null, Files.readString(file), "passphrase", ssh.fingerprint());

        source.check(address("localhost", postgres.getPort(), "require", "none", tunnel));
        SshTunnel wrong = new SshTunnel(
                "127.0.0.1", ssh.port(), "tunnel", null, tunnel.privateKey(), "another", ssh.fingerprint());
        assertCode(address("localhost", postgres.getPort(), "require", "none", wrong), "ssh_key_unreadable");
    }

    private SshTunnel withKey(KeyPair pair, @Nullable String passphrase) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(passphrase);
        encryption.setCipherType("256");
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                pair, "test", passphrase == null ? null : encryption, text);
        return new SshTunnel(
                "127.0.0.1",
                ssh.port(),
                "tunnel",
                null,
                text.toString(StandardCharsets.UTF_8),
                passphrase,
                ssh.fingerprint());
    }

    @Test
    void aHostKeyIsNeverTrustedBeforeItIsSaid() {
        assertThatThrownBy(() -> source.check(
                        address("localhost", postgres.getPort(), "prefer", "none", tunnel("s3cret", null))))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).isEqualTo("ssh_host_key_unknown");
                    assertThat(e.sentence()).contains(ssh.fingerprint());
                });
        assertCode(
                address(
                        "localhost",
                        postgres.getPort(),
                        "prefer",
                        "none",
                        tunnel("s3cret", "SHA256:" + "a".repeat(43))),
                "ssh_host_key_changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no key",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n…",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n",
            })
    void aKeyThatCannotBeReadIsSaidBeforeTheServerIsAsked(String key) {
        for (String shown : Arrays.asList(null, ssh.fingerprint())) {
            SshTunnel broken = new SshTunnel("127.0.0.1", ssh.port(), "tunnel", null, key, null, shown);

            assertCode(address("localhost", postgres.getPort(), "prefer", "none", broken), "ssh_key_unreadable");
        }
    }

    @Test
    void whatIsWrongWithATunnelIsSaid() {
        int port = postgres.getPort();
        String shown = ssh.fingerprint();
        assertCode(address("localhost", port, "prefer", "none", tunnel("wrong", shown)), "ssh_authentication_failed");
        SshTunnel nowhere = new SshTunnel("127.0.0.1", 1, "tunnel", "s3cret", null, null, shown);
        assertCode(address("localhost", port, "prefer", "none", nowhere), "ssh_unreachable");
        assertCode(address("localhost", 1, "prefer", "none", tunnel("s3cret", shown)), "ssh_forward_failed");
        ssh.forward(false);
        try {
            assertCode(address("localhost", port, "prefer", "none", tunnel("s3cret", shown)), "ssh_forward_failed");
        } finally {
            ssh.forward(true);
        }
    }

    private void assertCode(ServerAddress address, String code) {
        assertThatThrownBy(() -> source.check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
            assertThat(e.sentence()).doesNotContain("s3cret").endsWith(".");
        });
    }

    private SshTunnel tunnel(String password, @Nullable String hostKey) {
        return new SshTunnel("127.0.0.1", ssh.port(), "tunnel", password, null, null, hostKey);
    }

    private ServerAddress address(String host, int port, String mode, String ca, @Nullable SshTunnel tunnel) {
        String pem = switch (ca) {
            case "own" -> certificates.ca();
            case "other" -> certificates.otherCa();
            default -> null;
        };
        Tls tls = new Tls(TlsMode.of(mode).orElseThrow(), pem);
        return new ServerAddress(Provider.POSTGRES, host, port, "postgres", "secure", "s3cret", tls, tunnel);
    }
}
