package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import io.meterline.loader.source.SourceServer;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The story of the customer's documents, by clicking: from an empty page of data loaders on a real PostgreSQL to a
 * statement and a simulation. Each test goes on where the one before ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleStoryTest extends BrowserTest {

    private static final SourceServer SOURCE = SourceServer.shared();
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    @Test
    @Order(1)
    void aConnectionIsTestedBeforeItIsKept() {
        SOURCE.execute("""
                DROP TABLE IF EXISTS story_calls;
                CREATE TABLE story_calls AS SELECT g AS id, 'co_' || g %% 3 AS company_id,
                    date_trunc('month', now()) - interval '1 month' + g * interval '1 hour' AS created_at,
                    '/v1/search' AS endpoint, 10 AS calls FROM generate_series(1, 300) g;
                GRANT SELECT ON story_calls TO reader""".replace("%%", "%"));
        page.navigate("/console/live/loaders");
        assertThat(page.locator("main")).containsText("Load usage from your own database");

        link("New connection").first().click();
        page.locator("#connection-name").fill("production replica");
        page.locator("#connection-url").fill("postgres://reader:wrong@localhost:" + SOURCE.port() + "/postgres");
        expectAnswers(422);
        button("Connect").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("refused the password", SOON);

        page.locator("#connection-url").fill("postgres://reader:s3cret@localhost:1/postgres");
        button("Connect").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Nothing accepts connections", SOON);
        assertAccessible();

        page.locator("#connection-url").fill("postgres://reader:s3cret@localhost:" + SOURCE.port() + "/postgres");
        button("Connect").click();
        assertThat(page.locator("body")).containsText("production replica", SOON);
    }

    @Test
    @Order(2)
    void anUnquotedColumnIsPointedOutAndFixed() {
        page.navigate("/console/live/loaders/new");
        page.locator("#event-type").fill("api_calls");
        page.locator("#name").fill("API calls");
        page.locator("#query").fill(query("customerId"));
        page.locator("#query").press("Control+Enter");
        assertThat(page.locator("#checklist")).containsText("customerId", SOON);
        button("Quote it").click();
        assertThat(page.locator("#query")).hasValue(Pattern.compile("\"customerId\""));

        page.locator("#query").press("Control+Enter");
        assertThat(page.locator("#preview")).containsText("5 rows", SOON);
        assertThat(page.locator("#preview")).containsText("/v1/search");
        assertThat(page.locator("#checklist li.bad")).hasCount(0);
        assertAccessible();

        button("Save and run").click();
        assertThat(page.locator("h1")).hasText("API calls");
        assertThat(page.locator("main")).containsText("300", SOON);
    }

    @Test
    @Order(3)
    void theRowsAreEventsThatSayWhereTheyCameFrom() {
        page.navigate("/console/live/events");
        assertThat(page.locator("table").first()).containsText("api_calls", SOON);
        page.locator("tbody tr a").first().click();
        assertThat(page.locator("[data-drawer]")).containsText("co_", SOON);
        assertThat(page.locator("[data-drawer]")).containsText("API calls");
        assertAccessible();

        page.goBack();
        assertThat(page.locator("[data-drawer]")).hasCount(0);
    }

    @Test
    @Order(4)
    void anAggregatorCountsThem() {
        page.navigate("/console/live/aggregators/new");
        page.locator("#agg-name").fill("API calls");
        page.locator("#agg-type").fill("api_calls");
        page.locator("#agg-type").press("Tab");
        assertThat(page.locator("main")).containsText("endpoint", SOON);
        laidOutAnew(
                "/aggregators/form", () -> page.locator("label:has(#op-sum)").click());
        page.locator("#agg-property").fill("calls");
        page.locator("#agg-unit").fill("calls");
        assertThat(page.locator("main")).containsText("3,000", SOON);
        button("Create aggregator").click();
        assertThat(page.locator("h1")).hasText("API calls");
        link("Last month").click();
        assertThat(page.locator("main")).containsText("3,000", SOON);
        assertAccessible();
    }

    @Test
    @Order(5)
    void aProductHasVolumeTiersWhoseCurveFollows() {
        page.navigate("/console/live/products/new");
        page.locator("#name").fill("API calls");
        laidOutAnew(
                "/products/editor",
                () -> page.locator("#aggregator")
                        .selectOption(new SelectOption().setLabel("API calls · sum of api_calls")));
        laidOutAnew("/products/editor", () -> page.locator("#price-model").selectOption("volume"));
        assertThat(page.locator("table.tiers")).isVisible();
        page.locator("#prices-0-price-tiers-0-unit-amount").fill("0.05");
        page.locator("#prices-0-price-tiers-1-unit-amount").fill("0.04");
        page.locator("#price-at").fill("2000");
        assertThat(page.locator("#price-reading")).containsText("80.00", SOON);
        assertThat(page.locator("canvas").first()).isVisible();
        assertAccessible();

        Locator create = button("Create product");
        create.dblclick();
        assertThat(page.locator("h1")).hasText("API calls");
        page.navigate("/console/live/products");
        assertThat(page.locator("tbody tr")).hasCount(1);
    }

    @Test
    @Order(6)
    void aSubscriptionHasAStatementThatOpensToItsEvents() {
        page.navigate("/console/live/subscriptions/new");
        page.locator("#customer").fill("co_1");
        page.locator("#currency").fill("EUR");
        page.locator("#currency").press("Tab");
        page.locator("#starts_at")
                .fill(YearMonth.now(ZoneOffset.UTC).minusMonths(1).atDay(1) + "T00:00");
        page.locator("#products").getByText("API calls").first().click();
        button("Make subscription").click();
        assertThat(page.locator("h1")).containsText("co_1", SOON);

        page.locator("main a[href*='/statements/']").last().click();
        assertThat(page.locator("main")).containsText("1,000");
        assertThat(page.locator("main")).containsText("50.00");
        assertAccessible();
    }

    @Test
    @Order(7)
    void aSimulationSaysWhatAnotherPriceWouldHaveDone() {
        page.navigate("/console/live/simulations/new");
        page.locator("#candidate-name").fill("Dearer");
        page.locator("#candidates-0-price-tiers-1-unit-amount").fill("0.08");
        button("Run").click();
        assertThat(page.locator("main")).containsText("Dearer", SOON);
        assertThat(page.locator("main")).containsText("€", SOON);
        assertAccessible();
    }

    private static String query(String customer) {
        return "SELECT id, company_id AS " + customer + ", created_at AS timestamp, endpoint, calls\nFROM story_calls";
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first();
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }
}
