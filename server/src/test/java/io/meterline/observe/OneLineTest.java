package io.meterline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logging that the server starts with says in one line what any caller can cause. */
final class OneLineTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void configure() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(OneLine.class.getResource("/logback.xml")));
        lines.start();
        context.getLogger("ROOT").detachAndStopAllAppenders();
        context.getLogger("ROOT").addAppender(lines);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aFaultOfTheHttpLibraryIsOneLineWithoutWhatWasSent() {
        RuntimeException fault = new IllegalStateException("secret", new IllegalArgumentException("more secrets"));

        context.getLogger("io.helidon.webserver.http1.Http1Connection").warn("Internal server error", fault);

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage())
                    .contains("IllegalArgumentException at io.meterline.observe.OneLineTest")
                    .doesNotContain("secret");
        });
    }

    @Test
    void ourOwnFaultsKeepTheirStackTraces() {
        context.getLogger("io.meterline.http.Dispatcher").error("GET / failed", new IllegalStateException("why"));

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getThrowableProxy()).isNotNull());
    }
}
