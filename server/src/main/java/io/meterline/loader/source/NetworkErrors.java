package io.meterline.loader.source;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a server, whatever the server is. */
final class NetworkErrors {

    private NetworkErrors() {}

    /** The reason why a server could not be reached; null when it was. */
    static @Nullable SourceException of(Throwable e, ServerAddress address) {
        return of(e, address.host() + ":" + address.port());
    }

    /** @param place to be shown */
    static @Nullable SourceException of(Throwable e, String place) {
        SourceException certificate = certificate(e, place);
        if (certificate != null) {
            return certificate;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            SourceException said = switch (cause) {
                case UnknownHostException _ -> unknownHost(place, e);
                case UnresolvedAddressException _ -> unknownHost(place, e);
                case SocketTimeoutException _ -> timeout(place, e);
                case NoRouteToHostException _ ->
                    new SourceException("host_unreachable", "There is no way to " + place + " in the network.", e);
                case ConnectException _ -> refused(place, e);
                case SSLException _ ->
                    new SourceException(
                            "tls_failed",
                            "TLS with " + place
                                    + " failed before a certificate was checked. Check the TLS versions that"
                                    + " the server allows, or the tls of the connection.",
                            e);
                default -> null;
            };
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    /** True when a connection that was open is not any more. */
    static boolean isLoss(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof java.io.EOFException) {
                return true;
            }
        }
        return false;
    }

    static SourceException timeout(String place, Throwable e) {
        return new SourceException(
                "connection_timeout",
                "No answer from " + place + " in time. Let our addresses through its firewall.",
                e);
    }

    static SourceException lost(Throwable e) {
        return new SourceException("connection_lost", "The connection to the source broke off. Run again.", e);
    }

    static SourceException unknownHost(String place, Throwable e) {
        return new SourceException(
                "host_unknown", "No server has the name in " + place + ". Check the spelling of the host.", e);
    }

    static SourceException refused(String place, Throwable e) {
        return String.valueOf(e.getMessage()).contains("timed out")
                ? timeout(place, e)
                : new SourceException(
                        "connection_refused",
                        "Nothing accepts connections at " + place + ". Check host, port and firewall.",
                        e);
    }

    private static @Nullable SourceException certificate(Throwable e, String place) {
        boolean found = false;
        String why = "it is not signed by an authority that is trusted here. Give its CA certificate in tls.ca";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            found |= cause instanceof CertificateException
                    || cause instanceof CertPathBuilderException
                    || text.contains("Self signed certificates");
            if (cause instanceof CertificateExpiredException) {
                why = "it has expired. Renew it on the server";
            } else if (isWrongName(cause, text)) {
                found = true;
                why = "it is for another host name. Use the name in it, or tls verify-ca";
            }
        }
        return found
                ? new SourceException(
                        "certificate_invalid", "The certificate of " + place + " was not accepted: " + why + ".", e)
                : null;
    }

    // The words of the JDK, of pgjdbc and of the drivers for MariaDB and SQL Server.
    private static boolean isWrongName(Throwable cause, String text) {
        boolean tls = cause instanceof SSLException || cause instanceof CertificateException;
        return text.contains("hostnameverifier")
                || text.contains("Failed to validate the server name")
                || (tls
                        && (text.contains("No name matching")
                                || text.contains("subject alternative")
                                || text.contains("doesn't correspond to certificate")));
    }
}
