package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.meterline.testing.ApiClient;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a customer on products to a statement that is closed, and the settings around it. */
final class BillingBrowserTest extends BrowserTest {

    private static final Pattern SUBSCRIPTION = Pattern.compile("/console/live/subscriptions/sub_[0-9a-f]+$");

    @BeforeAll
    static void fill() {
        ApiClient api = server.client();
        api.post("/v1/customers", "{\"external_id\":\"acme\",\"name\":\"Acme\",\"currency\":\"EUR\"}");
        String calls = api.post(
                        "/v1/aggregators",
                        "{\"name\":\"Calls\",\"event_type\":\"calls\",\"operation\":\"count\",\"unit_name\":\"calls\"}")
                .json()
                .path("id")
                .asString();
        api.post("/v1/products", """
                {"name":"API calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":
                 {"model":"graduated","tiers":[{"up_to":"2","unit_amount":"1"},{"unit_amount":"0.50"}]}}]}""".formatted(calls));
        for (int i = 1; i <= 3; i++) {
            api.post("/v1/events", """
                    {"customer_id":"acme","event_type":"calls","timestamp":"2026-01-0%dT12:00:00Z","record":{"id":%d}}""".formatted(i, i));
        }
    }

    @Test
    void aSubscriptionIsMadeLookedAtAndItsFirstStatementClosed() {
        page.navigate("/console/live/subscriptions/new");
        assertAccessible();
        page.getByLabel("Customer", new Page.GetByLabelOptions().setExact(true)).fill("acme");
        page.getByLabel("Starts").fill("2026-01-01T00:00");
        expectAnswers(422);
        press("Make subscription");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("at least one product");
        assertThat(page.getByLabel("Starts")).hasValue("2026-01-01T00:00");

        page.getByLabel("API calls", new Page.GetByLabelOptions().setExact(true))
                .check();
        press("Make subscription");
        assertThat(page).hasURL(SUBSCRIPTION);
        assertThat(page.locator("h1")).hasText("Acme");
        assertAccessible();

        page.navigate("/console/live/subscriptions");
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.getByText("Acme").first().click();
        page.navigate(page.url() + "?page=" + lastPage());
        page.getByText("1 – 31 Jan 2026").click();
        assertThat(page.locator(".total")).containsText("€2.50");
        page.getByText("API calls").first().click();
        assertThat(page.locator(".drawer")).containsText("Events behind it");
        assertThat(page.locator(".evidence li")).hasCount(3);
        assertAccessible();
        page.reload();
        assertThat(page.locator(".evidence li")).hasCount(3);
        page.keyboard().press("Escape");
        assertThat(page.locator(".drawer")).hasCount(0);

        press("Close…");
        page.locator("dialog[open] button[type=submit]").click();
        assertThat(page.locator(".page-head")).containsText("closed");

        page.navigate("/console/live/settings/audit");
        page.getByText("closed a statement").click();
        assertThat(page.locator(".diff ins").first()).isVisible();
        assertAccessible();
    }

    private int lastPage() {
        if (page.locator(".pager").count() == 0) {
            return 1;
        }
        String text = page.locator(".pager p").textContent();
        int total = Integer.parseInt(text.replaceAll(".* of (\\d+).*", "$1").strip());
        return (total + 11) / 12;
    }

    @Test
    void aKeyIsShownOnceAndRevokedByItsName() {
        page.navigate("/console/live/settings/keys");
        press("New key");
        page.getByLabel("Name optional").fill("reports");
        press("Make key");
        String secret = page.locator("dialog[open] pre").textContent();
        Assertions.assertThat(secret).startsWith("prod_");
        Assertions.assertThat(
                        ApiClient.at(server.url(), secret).get("/v1/settings").status())
                .isEqualTo(403);
        press("Done");

        page.navigate("/console/live/settings/keys");
        Assertions.assertThat(page.content()).doesNotContain(secret);
        assertAccessible();
        page.locator("tr:has-text('reports')").hover();
        page.locator("tr:has-text('reports')").getByText("Revoke…").click();
        assertThat(page.locator("dialog[open] button[type=submit]")).isDisabled();
        page.getByLabel("Type reports to go on").fill("reports");
        page.locator("dialog[open] button[type=submit]").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("revoked");
        Assertions.assertThat(
                        ApiClient.at(server.url(), secret).get("/v1/settings").status())
                .isEqualTo(401);
    }

    @Test
    void somebodyIsInvitedWithALinkAndTheLastAdministratorStays() {
        page.navigate("/console/live/settings/users");
        press("Invite");
        page.getByLabel("E-mail").fill("grace@example.com");
        press("Make invitation");
        assertThat(page.locator("dialog[open] pre")).containsText("/console/link?token=");
        press("Done");

        expectAnswers(422);
        page.locator("tr:has-text('you')").hover();
        page.locator("tr:has-text('you')").getByText("Role…").click();
        page.locator("dialog[open]").getByLabel("Viewer").check();
        page.locator("dialog[open] button[type=submit]").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("last administrator");
        assertAccessible();
    }

    @Test
    void ofTwoTabsTheLaterIsTold() {
        page.navigate("/console/live/settings/environment");
        Page other = anotherWindow();
        other.navigate("/console/live/settings/environment");
        other.getByLabel("Round it").check();
        other.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(other.getByRole(AriaRole.STATUS)).containsText("Saved");

        expectAnswers(422);
        page.getByLabel("Events may be dated ahead by").fill("3");
        page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("changed while you edited");
        assertThat(page.getByLabel("Events may be dated ahead by")).hasValue("3");
    }

    private void press(String button) {
        page.getByText(button, new Page.GetByTextOptions().setExact(true)).click();
    }
}
