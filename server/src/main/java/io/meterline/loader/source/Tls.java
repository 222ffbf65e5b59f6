package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted.
 *
 * @param ca certificates of the authorities to trust, in PEM, instead of those that Java trusts; null for those
 */
public record Tls(TlsMode mode, @Nullable String ca) {

    private static final int MAX_CA = 1 << 20;

    /** Throws {@link RuleException} {@code invalid_tls}. */
    public Tls {
        if (ca != null) {
            require(
                    mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_FULL,
                    "A ca is checked with the mode verify-ca or verify-full only.");
            require(
                    ca.length() <= MAX_CA && isPem(ca),
                    "ca must hold certificates in PEM, from -----BEGIN CERTIFICATE----- on.");
        }
    }

    public static Tls of(TlsMode mode) {
        return new Tls(mode, null);
    }

    private static boolean isPem(String ca) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(ca.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RuleException(RuleException.Kind.INVALID, "invalid_tls", message);
        }
    }
}
