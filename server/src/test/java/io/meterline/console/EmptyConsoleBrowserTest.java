package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server in which nothing is yet. */
final class EmptyConsoleBrowserTest extends BrowserTest {

    @Test
    void theFirstOfAllAppearsByItself() {
        page.navigate("/console/live/events");
        assertThat(page.locator("main")).containsText("No events yet");

        server.client()
                .post(
                        "/v1/events",
                        Map.of(
                                "customer_id",
                                "acme",
                                "event_type",
                                "first_calls",
                                "timestamp",
                                Instant.now().toString(),
                                "record",
                                Map.of("id", "first-1")));

        assertThat(page.locator("tr[data-row]")).containsText("first_calls");
    }
}
