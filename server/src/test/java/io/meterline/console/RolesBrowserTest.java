package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each role sees and may, and what becomes of work when a session is over. */
final class RolesBrowserTest extends BrowserTest {

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
    }

    @Test
    void aViewerReadsEverythingAndIsOfferedNothingToChange() {
        signInAs(invited("vera@example.com", "viewer"), PASSWORD);

        page.navigate("/console/live/customers/globex");
        assertThat(page.locator("h1")).containsText("Globex");
        assertThat(page.locator("main").getByText("Archive…")).hasCount(0);
        page.navigate("/console/live/products");
        assertThat(page.locator("main")).containsText("API calls");
        assertThat(page.locator("main a[href$='/products/new']")).hasCount(0);

        expectAnswers(403);
        page.navigate("/console/live/products/new");
        assertThat(page.locator("h1")).hasText("Your role does not allow this");
        page.navigate("/console/live/settings/users");
        assertThat(page.locator("h1")).hasText("Your role does not allow this");
        assertAccessible();
    }

    @Test
    void anEditorMakesThingsButNoUsers() {
        signInAs(invited("edgar@example.com", "editor"), PASSWORD);

        page.navigate("/console/live/products/new?type=flat_fee");
        page.getByLabel("Name").fill("Onboarding");
        page.getByLabel("Amount", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill("250");
        page.locator(".page-head").getByText("Create product").click();
        assertThat(page.getByText("Onboarding is on sale.")).isVisible();

        expectAnswers(403);
        page.navigate("/console/live/settings/users");
        assertThat(page.locator("h1")).hasText("Your role does not allow this");
    }

    @Test
    void whoseSessionIsOverSignsInAndIsBackWhereTheyWorked() {
        page.navigate("/console/live/customers");
        page.getByText("New customer").first().click();
        Locator dialog = page.locator("#new-customer");
        dialog.getByLabel("Name").fill("Momcorp");
        loseSession();
        dialog.locator("button[type=submit]").click();

        assertThat(page).hasURL(Pattern.compile("/console/sign-in\\?next="));
        page.getByLabel("E-mail").fill(EMAIL);
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/console/live/customers"));
        assertThat(page.locator("h1")).containsText("Customers");
    }

    /** Invites somebody as an administrator does, and lets them choose a password. */
    private String invited(String email, String role) {
        page.navigate("/console/live/settings/users");
        page.getByText("Invite").first().click();
        Locator dialog = page.locator("#invite");
        dialog.getByLabel("E-mail").fill(email);
        dialog.locator("input[name=role][value=" + role + "]").check();
        dialog.getByText("Make invitation").click();
        String made = page.locator("#made-link pre").textContent();
        loseSession();
        page.navigate(made.substring(made.indexOf("/console/link")).strip());
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/console/live");
        return email;
    }
}
