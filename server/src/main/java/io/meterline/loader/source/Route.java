package io.meterline.loader.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to a server: straight, or through an SSH tunnel that is open as long as this is. */
final class Route implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Route.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    // What drivers make of a connection that is closed before its first byte.
    private static final Set<String> NO_SERVER =
            Set.of("connection_failed", "connection_lost", "connection_refused", "tls_failed", "tls_not_offered");

    private final @Nullable SshClient client;
    private final @Nullable Integer localPort;

    private Route(@Nullable SshClient client, @Nullable Integer localPort) {
        this.client = client;
        this.localPort = localPort;
    }

    /** Throws {@link SourceException} when the SSH server cannot be reached, shows another key or refuses the user. */
    static Route to(ServerAddress address) {
        SshTunnel ssh = address.ssh();
        return ssh == null ? new Route(null, null) : through(ssh, address);
    }

    /** The port of this machine that leads to the server; null when there is no tunnel. */
    @Nullable
    Integer localPort() {
        return localPort;
    }

    private static Route through(SshTunnel ssh, ServerAddress address) {
        List<KeyPair> keys = keys(ssh);
        HostKey hostKey = new HostKey(ssh.hostKey());
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(hostKey);
        // Nothing of the home folder of whoever runs this server.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setSessionHeartbeat(HeartbeatType.IGNORE, HEARTBEAT);
        client.start();
        try {
            ClientSession session = client.connect(ssh.user(), ssh.host(), ssh.port())
                    .verify(TIMEOUT)
                    .getSession();
            if (ssh.password() != null) {
                session.addPasswordIdentity(ssh.password());
            }
            keys.forEach(session::addPublicKeyIdentity);
            session.auth().verify(TIMEOUT);
            SshdSocketAddress here = session.startLocalPortForwarding(
                    new SshdSocketAddress("127.0.0.1", 0),
                    new SshdSocketAddress(plain(address.host()), address.port()));
            return new Route(client, here.getPort());
        } catch (IOException e) {
            client.stop();
            throw failure(ssh, hostKey, e);
        } catch (RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    // Before the server is asked for anything: what is wrong with a key has nothing to do with it.
    private static List<KeyPair> keys(SshTunnel ssh) {
        if (ssh.privateKey() == null) {
            return List.of();
        }
        byte[] key = ssh.privateKey().getBytes(StandardCharsets.UTF_8);
        FilePasswordProvider passphrase = (_, _, _) -> ssh.passphrase();
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("ssh.private_key"), new ByteArrayInputStream(key), passphrase);
            if (pairs == null) {
                throw new GeneralSecurityException("no key");
            }
            List<KeyPair> all = new ArrayList<>();
            pairs.forEach(all::add);
            return all;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SourceException(
                    "ssh_key_unreadable", "ssh.private_key cannot be read. Check the key and its passphrase.", e);
        }
    }

    private static SourceException failure(SshTunnel ssh, HostKey hostKey, IOException e) {
        String place = ssh.host() + ":" + ssh.port();
        String shown = hostKey.shown();
        if (shown != null && ssh.hostKey() == null) {
            return new SourceException(
                    "ssh_host_key_unknown",
                    "The SSH server at " + place + " shows the key " + shown
                            + ". Compare it with ssh-keygen -lf of the server's own key, and send it as ssh.host_key.",
                    e);
        }
        if (shown != null && !shown.equals(ssh.hostKey())) {
            return new SourceException(
                    "ssh_host_key_changed",
                    "The SSH server at " + place + " shows the key " + shown + ", not the one of this connection."
                            + " Somebody may be in between. If the server was renewed, connect anew.",
                    e);
        }
        if (shown != null) {
            return new SourceException(
                    "ssh_authentication_failed",
                    "The SSH server at " + place + " does not let user " + ssh.user() + " in. Check user and secret.",
                    e);
        }
        return new SourceException(
                "ssh_unreachable",
                "No SSH server answers at " + place + (e instanceof SshException ? "" : " within 10 seconds")
                        + ". Check host, port and firewall.",
                e);
    }

    /** Does something on the way and closes it. */
    static <T> T use(ServerAddress address, Function<Route, T> work) {
        try (Route route = Route.to(address)) {
            try {
                return work.apply(route);
            } catch (RuntimeException e) {
                throw route.explain(e);
            }
        }
    }

    /** What a failure at the server means behind a tunnel, whose end here takes every connection. */
    RuntimeException explain(RuntimeException e) {
        boolean nobody =
                localPort != null && e instanceof SourceException failure && NO_SERVER.contains(failure.code());
        return nobody
                ? new SourceException(
                        "ssh_forward_failed",
                        "The SSH server lets us in, but does not lead to the database. Check host and port as seen from it,"
                                + " and that it allows TCP forwarding.",
                        e)
                : e;
    }

    // An address of IPv6 stands in brackets in URLs only.
    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public void close() {
        if (client != null) {
            client.stop();
            LOG.debug("closed an SSH tunnel");
        }
    }

    /** Takes one key and remembers what was shown. */
    private static final class HostKey implements ServerKeyVerifier {

        private final @Nullable String expected;
        private volatile @Nullable String shown;

        HostKey(@Nullable String expected) {
            this.expected = expected;
        }

        @Nullable
        String shown() {
            return shown;
        }

        @Override
        public boolean verifyServerKey(
                ClientSession session, java.net.SocketAddress address, java.security.PublicKey key) {
            String fingerprint = KeyUtils.getFingerPrint(key);
            shown = fingerprint;
            return fingerprint.equals(expected);
        }
    }
}
