package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AggregatorBrowserTest extends BrowserTest {

    private static final String NEW = "/console/live/aggregators/new";

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
    }

    @Test
    void isMadeUpByKeyboardWhileItsFiguresFollow() {
        // Given
        page.navigate(NEW);
        page.getByLabel("Name").fill("Premium seats");
        page.getByLabel("Event type").fill("users");
        laidOutAnew("/aggregators/form", () -> page.getByLabel("Event type").press("Tab"));
        page.locator("#op-sum").focus();
        laidOutAnew("/aggregators/form", () -> page.keyboard().press("Space"));
        Locator property = page.locator("#agg-property");
        property.fill("seats");

        // When
        button("Condition").press("Enter");
        assertThat(page.locator("[id='f.0.p']")).isFocused();
        page.keyboard().type("status");
        page.locator("[id='f.0.o']").selectOption("in");
        page.locator("[id='f.0.v']").fill("premium, active");
        button("Group").press("Enter");
        assertThat(page.locator("[id='f.1.0.p']")).isFocused();
        page.keyboard().type("deleted_at");
        page.locator("[id='f.1.0.o']").selectOption("is_null");

        // Then
        assertThat(page.locator("#try")).containsText("Events that it counts");
        assertAccessible();

        // When
        button("Create aggregator").click();

        // Then
        assertThat(page).hasTitle(Pattern.compile("Premium seats.*"));
        assertThat(page.locator(".page-head"))
                .containsText("status is one of premium, active and (deleted_at is missing)");
    }

    @Test
    void theFirstClickAfterTypingTheTypeIsNotLost() {
        page.navigate(NEW);
        page.getByLabel("Event type").fill("users");

        button("Condition").click();

        assertThat(page.locator("[id='f.0.p']")).isVisible();
    }

    @Test
    void saysBesideItsFieldWhatIsWrong() {
        expectAnswers(422);
        page.navigate(NEW);

        button("Create aggregator").click();

        assertThat(page.getByLabel("Name")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Event type")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void aFigureLeadsToTheEventsBehindIt() {
        // Given
        page.navigate("/console/live/aggregators");
        page.getByText("API calls").first().click();
        page.getByText("12 months").click();
        String figure = page.locator(".big a").textContent().strip();

        // When
        page.locator(".big a").click();

        // Then
        assertThat(page.locator("h1")).containsText("Events behind API calls");
        assertThat(page.locator(".filters strong")).hasText(figure);

        // When
        page.locator("a.row-link").first().click();

        // Then
        assertThat(page.locator(".drawer")).containsText("api_calls");
        assertAccessible();
    }

    @Test
    void oneIsEditedInTwoTabsAndTheLaterIsTold() {
        // Given
        expectAnswers(422);
        page.navigate("/console/live/aggregators");
        page.getByText("Peak storage").first().click();
        button("Edit").click();
        Page other = anotherWindow();
        other.navigate(page.url());

        // When
        page.getByLabel("Unit").fill("gigabytes");
        page.getByText(Pattern.compile("Save version")).click();
        assertThat(page.locator(".toasts")).containsText("Saved as version 2");
        other.getByLabel("Unit").fill("TB");
        other.getByText(Pattern.compile("Save version")).click();

        // Then
        assertThat(other.locator("[role='alert']")).containsText("changed while you edited it");
        assertThat(other.getByLabel("Unit")).hasValue("TB");
    }

    @Test
    void archivingSaysWhichProductsUseIt() {
        page.navigate("/console/live/aggregators");
        page.getByText("Active users").first().click();

        button("Archive…").click();

        assertThat(page.locator("dialog[open]")).containsText("Users");
        assertThat(page.locator("dialog[open] a").first().getAttribute("href")).contains("/products/");
    }

    private Locator button(String name) {
        return page.locator("main .button")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }
}
