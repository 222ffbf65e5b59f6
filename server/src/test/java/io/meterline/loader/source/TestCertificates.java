package io.meterline.loader.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of tests and a certificate that it signed for {@code localhost}, made with the JDK's keytool. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost");
        keytool("-certreq", "-alias", "server", "-file", file("server.csr"));
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                file("server.csr"),
                "-outfile",
                file("server.pem"),
                "-rfc",
                "-ext",
                "san=dns:localhost");
        keytool("-exportcert", "-alias", "ca", "-file", file("ca.pem"), "-rfc");
        keytool("-genkeypair", "-alias", "other", "-keyalg", "EC", "-dname", "CN=Other CA", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "other", "-file", file("other.pem"), "-rfc");
        writeKey();
    }

    String ca() {
        return read("ca.pem");
    }

    /** An authority that signed nothing. */
    String otherCa() {
        return read("other.pem");
    }

    Path certificate() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** What a server needs to show its certificate. */
    SSLContext server() {
        try (InputStream keys = Files.newInputStream(folder.resolve("keys.p12"));
                InputStream signed = Files.newInputStream(certificate())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(keys, PASSWORD.toCharArray());
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "server",
                    store.getKey("server", PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(signed)
                            .toArray(Certificate[]::new));
            KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            manager.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(manager.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKey() {
        try (InputStream input = Files.newInputStream(folder.resolve("keys.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(input, PASSWORD.toCharArray());
            byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
            Files.createFile(key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    key(),
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file("keys.p12"), "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
