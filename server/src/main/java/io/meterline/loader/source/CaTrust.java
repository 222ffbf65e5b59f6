package io.meterline.loader.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/** Trusts certificates that one of a few authorities signed. Public, as the driver for PostgreSQL makes it by its name. */
public final class CaTrust extends WrappedFactory {

    /** Of a file that {@link #write} makes. It keeps nothing secret: the format wants one. */
    static final String FILE_PASSWORD = "certificates";

    /** @param ca certificates in PEM */
    public CaTrust(String ca) throws GeneralSecurityException, IOException {
        factory = context(ca).getSocketFactory();
    }

    static SSLContext context(String ca) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager(ca)}, null);
        return context;
    }

    /** @param ca certificates in PEM; null for the authorities that Java trusts */
    static X509TrustManager manager(@Nullable String ca) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(ca == null ? null : store(ca));
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new KeyStoreException("no trust manager for X.509");
    }

    /** Writes the certificates of a PEM to a file in PKCS12, for drivers that read them from one. */
    static void write(String ca, Path file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store(ca).store(out, FILE_PASSWORD.toCharArray());
        }
    }

    private static KeyStore store(String ca) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(ca.getBytes(StandardCharsets.UTF_8)))) {
            store.setCertificateEntry("ca-" + number++, each);
        }
        return store;
    }
}
