package io.meterline.loader.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Sockets that lead into a tunnel, whatever address they are told: so drivers keep the server's own name, and check its
 * certificate against it. Public, as drivers make it by its name.
 */
public final class TunnelSockets extends ConfigurableSocketFactory {

    static final String PORT = "meterlineTunnelPort";

    private int port;

    /** For the driver for MariaDB, which then gives the configuration. */
    public TunnelSockets() {}

    /**
     * For the driver for PostgreSQL.
     *
     * @param port where the tunnel begins, on this machine
     */
    public TunnelSockets(String port) {
        this.port = Integer.parseInt(port);
    }

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        port = Integer.parseInt(configuration.nonMappedOptions().getProperty(PORT));
    }

    @Override
    public Socket createSocket() {
        int tunnel = port;
        return new Socket() {
            @Override
            public void connect(SocketAddress ignored, int timeout) throws IOException {
                super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel), timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int ignored) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int ignored, InetAddress from, int fromPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int ignored) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int ignored, InetAddress from, int fromPort) throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }
}
