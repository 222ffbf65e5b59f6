package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Products, the tier editor and simulations, as somebody uses them. */
final class ProductBrowserTest extends BrowserTest {

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
    }

    @Test
    void theCurveFollowsWhatIsTypedAndAVersionIsPublished() {
        open("API calls");
        assertThat(page.locator("#prices-0-price-full-1")).hasText("€360.00");

        field("tier 2, per call €").fill("0.006");

        assertThat(page.locator("#prices-0-price-full-1")).hasText("€540.00");
        assertThat(page.getByText("draft of version 2")).isVisible();
        page.locator("#price-at").fill("20,000");
        assertThat(page.locator("#price-reading")).containsText("€60.00");

        field("tier 2, per call €").fill("many");
        assertThat(page.locator("p.error:visible")).containsText("this must be a decimal");
        field("tier 2, per call €").fill("0.005");
        assertThat(page.locator("#price-state")).hasText("no gaps, never falls");

        button("Publish version 2").click();
        Locator review = page.getByRole(AriaRole.DIALOG);
        assertThat(review).containsText("0.004 → 0.005");
        assertThat(review).containsText("Subscriptions in EUR, monthly");
        assertAccessible();
        review.getByText("Publish version 2").last().click();
        assertThat(page.getByText("Version 2 is published.")).isVisible();
        assertThat(page.locator(".page-head")).containsText("version 2");
    }

    @Test
    void tiersAreAddedByKeyboardAndAWarningIsABadge() {
        open("Users");
        assertThat(page.locator("#price-state")).containsText("falls after");

        field("tier 3, per user €").press("Enter");

        assertThat(field("tier 3, up to")).isFocused();
        assertThat(field("tier 3, up to")).hasValue("500");
        page.getByLabel("Remove tier 4").click();
        assertThat(page.getByLabel("tier 4")).hasCount(0);
        page.getByText("+ minimum").click();
        assertThat(field("At least")).isFocused();
        field("At least").fill("50");
        page.locator("#price-at").fill("1");
        assertThat(page.locator("#price-reading")).containsText("€50.00");
    }

    @Test
    void whoPublishesOverAnothersVersionIsToldAndMay() {
        open("Storage");
        Page other = anotherWindow();
        other.navigate(page.url());
        page.locator("[data-path$=unit_amount]").fill("0.21");
        button("Publish version 2").click();
        page.getByRole(AriaRole.DIALOG).getByText("Publish version 2").last().click();
        assertThat(page.getByText("Version 2 is published.")).isVisible();

        other.locator("[data-path$=unit_amount]").fill("0.23");
        other.locator(".page-head").getByText("Publish version 2").click();
        Locator review = other.getByRole(AriaRole.DIALOG);
        assertThat(review).containsText("This was changed while you edited it.");
        assertThat(review).containsText("0.21 → 0.23");
        review.getByText("Publish version 3").last().click();

        assertThat(other.getByText("Version 3 is published.")).isVisible();
    }

    @Test
    void aDecimalCommaIsNoThousandsSeparator() {
        open("Storage");

        page.locator("[data-path$=unit_amount]").fill("0,005");

        assertThat(page.locator("p.error:visible")).containsText("this must be a decimal");
    }

    @Test
    void whatIsTypedWhileTheFormIsLaidOutAnewStays() {
        List<Route> held = new ArrayList<>();
        page.navigate("/console/live/products/new");
        page.route("**/products/editor", held::add);
        page.locator("#price-model").selectOption("volume");
        page.waitForCondition(() -> !held.isEmpty());

        page.getByLabel("Name").fill("Typed meanwhile");
        laidOutAnew("/products/editor", () -> held.getFirst().resume());

        assertThat(page.locator("table.tiers")).isVisible();
        assertThat(page.getByLabel("Name")).hasValue("Typed meanwhile");
    }

    @Test
    void aDraftIsHeldAgainstTheLastTwelveMonths() {
        open("Storage");
        page.locator("[data-path$=unit_amount]").fill("0.38");

        page.getByText("Run over the last 12 months").click();

        assertThat(page.locator("#what-if")).containsText("+100 %");
        page.locator("#what-if .panel-foot").getByText("month by month").click();
        assertThat(page.locator("h2").getByText("Month by month")).isVisible();
        assertThat(page.locator("#customers tbody tr")).not().hasCount(0);
    }

    @Test
    void aProductIsMadeAndArchived() {
        expectAnswers(422);
        page.navigate("/console/live/products/new?type=flat_fee");
        page.getByLabel("Name").fill("Support");
        button("Create product").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("one field needs another look");

        field("Amount").fill("99");
        button("Create product").click();
        assertThat(page.getByText("Support is on sale.")).isVisible();

        page.getByLabel("More").click();
        page.getByText("Archive…").click();
        page.getByText("Archive Support").last().click();
        assertThat(page.getByText("Support is archived.")).isVisible();
    }

    @Test
    void aSimulationIsComposedAndRead() {
        page.navigate("/console/live/simulations/new");
        page.getByText("+ candidate").click();
        assertThat(field("Name of this candidate")).hasValue("Candidate C");
        field("Name of this candidate").fill("Packages");
        field("Model").selectOption("package");
        field("Package of").fill("1000");
        field("Each package").fill("5");
        assertThat(page.locator("#price-state")).hasText("no gaps, never falls");

        button("Run").click();

        assertThat(page.locator("h2").getByText("Month by month")).isVisible();
        page.getByText("C, Packages").first().click();
        assertThat(page.locator("#customers")).containsText("with C, Packages");
        page.getByText("Delete…").click();
        page.getByText("Delete the simulation").click();
        assertThat(page.getByText("are removed")).isVisible();
    }

    private void open(String product) {
        page.navigate("/console/live/products");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(product).setExact(true))
                .first()
                .click();
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private Locator button(String name) {
        return page.locator(".page-head").getByText(name);
    }
}
