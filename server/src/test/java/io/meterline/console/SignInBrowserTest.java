package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Getting in, staying in, and getting out. */
final class SignInBrowserTest extends BrowserTest {

    @Test
    void somebodyWhoIsNotSignedInIsAskedAndThenSeesWhatTheyWanted() {
        page.context().clearCookies();
        page.navigate("/console/test");
        assertThat(page).hasTitle("Sign in · Meterline");
        assertAccessible();

        expectAnswers(422);
        page.getByLabel("E-mail").fill(EMAIL);
        page.getByLabel("Password").fill("not the password");
        page.getByRole(AriaRole.BUTTON).getByText("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("wrong");
        assertThat(page.getByLabel("E-mail")).hasValue(EMAIL);

        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("/console/test$"));
        assertThat(page.locator(".band")).containsText("Test environment");
        assertAccessible();
    }

    @Test
    void signingOutEndsTheSessionInEveryWindow() {
        page.navigate("/console/live");
        var other = anotherWindow();
        other.navigate("/console/live");

        page.getByLabel("Account of Ada Miller").click();
        page.getByText("Sign out").click();
        assertThat(page).hasURL(Pattern.compile("/console/sign-in"));

        other.reload();
        assertThat(other).hasURL(Pattern.compile("/console/sign-in\\?next="));
    }

    @Test
    void aPageThatIsNotThereSaysSoAndLeadsBack() {
        expectAnswers(404);
        page.navigate("/console/link?token=nonsense");
        assertThat(page.locator("h1")).hasText("This link is over");
        assertAccessible();
    }
}
