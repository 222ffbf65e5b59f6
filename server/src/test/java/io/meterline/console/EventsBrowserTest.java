package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Events: finding one, following what arrives, deleting, correcting what was refused, making some up. */
final class EventsBrowserTest extends BrowserTest {

    @Test
    void whatArrivesAppearsByItselfAndOpensBesideTheList() {
        push(Map.of("id", "live-1", "calls", 7));
        page.navigate("/console/live/events");
        push(Map.of("id", "live-2", "calls", 12_480));
        Locator row = page.locator("tr[data-row]").filter(new Locator.FilterOptions().setHasText("12,480"));
        assertThat(row).isVisible();

        row.locator("td.fill").click();
        assertThat(page).hasURL(Pattern.compile("/events/evt_"));
        assertThat(page.locator(".drawer-head h2")).containsText("live-2");
        assertAccessible();
        page.reload();
        assertThat(page.locator(".drawer-head h2")).containsText("live-2");

        page.keyboard().press("Escape");
        assertThat(page.locator(".drawer")).hasCount(0);
    }

    @Test
    void aLiveEventIsDeletedAfterAWordIsTyped() {
        push(Map.of("id", "right-1", "calls", 9));
        push(Map.of("id", "wrong-1", "calls", 99));
        page.navigate("/console/live/events?id=wrong-1");
        page.locator("tr[data-row] td.fill").click();
        page.getByText("Delete…").click();
        Locator delete = page.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("Delete event"));
        assertThat(delete).isDisabled();
        page.getByLabel("Type delete to go on").fill("delete");
        delete.click();
        assertThat(page.locator(".toast")).containsText("wrong-1 is deleted");
        assertThat(page.getByText("No event matches")).isVisible();
        assertThat(page.locator(".rail a[href='/console/live/events'] .count")).hasText(events());
    }

    @Test
    void aRejectedEventIsCorrectedAndSentAgain() {
        expectAnswers(422);
        server.client()
                .post(
                        "/v1/events",
                        Map.of(
                                "customer_id", "globex",
                                "event_type", "users",
                                "timestamp", "ACTIVE_DATE",
                                "record", Map.of("id", 7)));
        page.navigate("/console/live/events/rejected");
        page.locator("a.row-link").first().click();
        Locator json = page.locator("#event");
        assertThat(json).hasValue(Pattern.compile("ACTIVE_DATE"));
        assertAccessible();

        page.getByText("Send again").click();
        assertThat(page.locator(".drawer .error")).isVisible();
        json.fill(json.inputValue().replace("ACTIVE_DATE", "2026-01-05T21:56:52Z"));
        page.getByText("Send again").click();
        page.locator(".toast a").click();
        assertThat(page.locator(".drawer-head h2")).containsText("users · 7");
    }

    @Test
    void eventsAreMadeUpInTest() {
        expectAnswers(422);
        page.navigate("/console/test/events/simulate");
        page.getByLabel("How many").fill("5");
        page.getByLabel("Record").fill("{\"calls\": {\"nested\": 1}}");
        page.getByText("Push events").click();
        assertThat(page.locator("#record-error")).isVisible();
        assertAccessible();

        page.getByLabel("Record").fill("{\"calls\": 40}");
        page.getByText("Push events").click();
        assertThat(page.locator(".toast")).containsText("5 events are pushed");
        assertThat(page.locator("tr[data-row]")).hasCount(5);
    }

    @Test
    void thingsAreFoundFromTheTopOfEveryPage() {
        push(Map.of("id", "find-me"));
        page.navigate("/console/live");
        page.keyboard().press("/");
        page.keyboard().type("find-me");
        assertThat(page.locator("#found a")).containsText("find-me");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator(".drawer-head h2")).containsText("find-me");
    }

    private static void push(Map<String, Object> record) {
        server.client()
                .post(
                        "/v1/events/batch",
                        List.of(Map.of(
                                "customer_id",
                                "acme",
                                "event_type",
                                "api_calls",
                                "timestamp",
                                Instant.now().toString(),
                                "record",
                                record)));
    }

    private static String events() {
        return server.client().get("/v1/events?take=1").json().at("/meta/total").asString();
    }
}
