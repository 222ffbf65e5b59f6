package io.meterline.loader.source;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts a certificate that a trusted authority signed, whatever host it is for. Public, as the driver for SQL Server makes
 * it by its name.
 */
public final class AnyHostTrust implements X509TrustManager {

    private final X509TrustManager trust;

    /** @param ca certificates in PEM; empty for the authorities that Java trusts */
    public AnyHostTrust(String ca) throws GeneralSecurityException, IOException {
        trust = CaTrust.manager(ca.isEmpty() ? null : ca);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
