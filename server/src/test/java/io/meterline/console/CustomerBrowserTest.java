package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CustomerBrowserTest extends BrowserTest {

    private static final String PENDING = "/console/live/customers?status=pending";

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
    }

    @Test
    void searchFollowsTypingAndStandsInTheAddress() {
        page.navigate("/console/live/customers");

        page.locator("#q").fill("acm");

        assertThat(page.locator("#list tbody tr")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile(".*\\?q=acm"));

        page.locator("#q").fill("");

        assertThat(page).hasURL(Pattern.compile(".*/customers"));
        assertAccessible();
    }

    @Test
    void oneThatUsageMadeIsNamedAndConfirmed() {
        page.navigate(PENDING);
        row("zorg").locator("a.row-link").click();
        assertThat(page.locator(".drawer")).containsText("Latest events");
        assertAccessible();

        page.locator("#pending-name").fill("Zorg Industries");
        page.locator(".drawer .button.primary").click();

        assertThat(page.locator(".toasts")).containsText("Zorg Industries is an active customer now");
        assertThat(row("zorg")).hasCount(0);
    }

    @Test
    void aMergeSaysWhatMovesAndIsTakenBack() {
        // Given
        page.navigate("/console/live/customers/vandelay");
        page.getByText("Merge…").click();
        page.locator("#merge-q").fill("globex");
        page.locator(".picks a")
                .filter(new Locator.FilterOptions().setHasText("Globex"))
                .click();
        assertThat(page.locator(".panel")).containsText("What moves");
        assertAccessible();

        // When
        page.locator("main .button.primary").click();

        // Then
        assertThat(page.locator("h1")).hasText("Globex");
        assertThat(page.locator(".merged")).containsText("vandelay");

        // When
        page.locator(".merged button", new Page.LocatorOptions().setHasText("Undo"))
                .click();

        // Then
        assertThat(page.locator("h1")).hasText("vandelay");
        page.navigate("/console/live/customers/globex");
        assertThat(page.locator(".merged")).hasCount(0);
    }

    @Test
    void factsAreEditedInPlaceAndRefusedBesideTheirField() {
        // Given
        expectAnswers(422);
        page.navigate("/console/live/customers/hooli");
        page.locator("#facts a")
                .filter(new Locator.FilterOptions().setHasText("Edit"))
                .click();

        // When
        page.locator("#fact-zone").fill("Mars");
        page.locator("#facts .button.primary").click();

        // Then
        assertThat(page.locator("#fact-zone")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#fact-zone")).hasValue("Mars");

        // When
        page.locator("#fact-zone").fill("Europe/Paris");
        page.locator(".pair input").first().fill("seats");
        page.locator(".pair input").nth(1).fill("12");
        page.locator("#facts .button.primary").click();

        // Then
        assertThat(page.locator("#facts")).containsText("Europe/Paris");
        assertThat(page.locator("#facts")).containsText("seats");
    }

    @Test
    void nothingIsErasedBeforeItsWordIsTyped() {
        page.navigate("/console/live/customers/duff");
        page.getByText("Erase…").click();
        Locator erase = page.locator("dialog[open] button[type='submit']");
        assertThat(erase).isDisabled();

        page.locator("dialog[open] input[name='confirm']").fill("duff");
        erase.click();

        assertThat(page.locator(".toasts")).containsText("Erased:");
    }

    private Locator row(String text) {
        return page.locator("#list tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }
}
