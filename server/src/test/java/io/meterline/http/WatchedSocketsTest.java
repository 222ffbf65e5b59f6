package io.meterline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

final class WatchedSocketsTest {

    @Test
    void noPartOfAnAnswerWaitsForTheAcknowledgementOfTheOneBefore() throws IOException {
        SlowCallers slowCallers = new SlowCallers(HttpOptions.local());
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel caller = SocketChannel.open(listener.getLocalAddress());
                SocketChannel accepted = listener.accept()) {
            new WatchedSockets(slowCallers).configureSocket(accepted);

            assertThat(caller.isConnected()).isTrue();
            assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        } finally {
            slowCallers.close();
        }
    }
}
