package io.meterline.http;

import io.helidon.common.socket.SocketOptions;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The usual options of sockets, for the one place where Helidon shows a connection that has just been accepted. Nothing is
 * held back: the rest of an answer would wait for the caller's delayed acknowledgement of its head, 40 ms.
 */
final class WatchedSockets implements SocketOptions {

    private final SocketOptions usual = SocketOptions.builder().tcpNoDelay(true).build();
    private final SlowCallers slowCallers;

    WatchedSockets(SlowCallers slowCallers) {
        this.slowCallers = slowCallers;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        usual.configureSocket(channel);
        slowCallers.accepted(channel);
    }

    @Override
    public void configureSocket(Socket socket) {
        usual.configureSocket(socket);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return usual.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return usual.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return usual.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return usual.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return usual.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return usual.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return usual.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return usual.tcpNoDelay();
    }
}
