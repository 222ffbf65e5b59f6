package io.meterline.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data loaders, their connections and files, as somebody looks after them. */
final class LoaderBrowserTest extends BrowserTest {

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
        SampleLoaders.fill(server.client(), files, Instant.now());
    }

    @Test
    void aRunLeadsToTheRowsThatItSetAside() {
        open("Orders");
        page.locator("#live a[href*='/runs/']").first().click();

        assertThat(page.locator("main")).containsText("set aside");
        assertThat(page.locator("main")).containsText("soon");
        assertAccessible();
    }

    @Test
    void oneThatFailsSaysWhyAndRunsAgainOnceThatIsMended() {
        open("Refunds");
        assertThat(page.locator("#live")).containsText("No files found that match the pattern \"refunds.csv\"");

        page.locator("#query")
                .fill("SELECT id, customer AS \"customerId\", used_at AS timestamp FROM read_csv(file('orders.csv'))");
        button("Save and run").click();
        page.getByText("Save and start from the beginning")
                .or(page.locator(".toast"))
                .first()
                .waitFor();

        assertThat(page.locator("h1")).containsText("Refunds");
        assertThat(page.locator("#state")).containsText("ok");
    }

    @Test
    void itIsPausedAndGoesOn() {
        open("Orders");
        button("Pause").click();
        assertThat(page.locator(".page-head")).containsText("paused");
        button("Resume").click();
        assertThat(page.locator(".page-head")).not().containsText("paused");
    }

    @Test
    void aConnectionIsEditedAndTestedFirst() {
        expectAnswers(422);
        page.navigate("/console/live/loaders/connections");
        page.getByLabel("Edit exports of the shop").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Edit connection");

        dialog.getByLabel("Path").fill("../elsewhere");
        dialog.getByText("Connect and save").click();
        assertThat(dialog.locator("p.error")).isVisible();
        assertAccessible();

        dialog.getByLabel("Path").fill("");
        dialog.getByLabel("Name").fill("the shop's files");
        dialog.getByText("Connect and save").click();
        assertThat(page.locator(".toast")).containsText("the shop's files answered, and is saved");
    }

    @Test
    void aFileIsRefusedByLineAndTakenOnceItIsRight() throws IOException {
        page.navigate("/console/live/imports");
        page.getByText("october.csv").first().click();
        Locator fault = page.locator("main tbody tr").first();
        assertThat(fault).containsText("3");
        assertThat(fault).containsText("timestamp is ISO 8601");

        Path corrected = Files.writeString(
                files.resolve("corrected.csv"),
                "timestamp,event_type,customer_id,record/id,record/amount\n2026-01-05T21:56:52Z,orders,globex,4713,1\n");
        page.getByText("Import another").click();
        page.locator("#file").setInputFiles(corrected);
        button("main form.upload", "Import").click();
        assertThat(page.locator("main")).containsText("succeeded");
        assertThat(page.locator("main")).containsText("1 created");
    }

    private void open(String name) {
        page.navigate("/console/live/loaders");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                .first()
                .click();
        assertThat(page.locator("h1")).containsText(name);
    }

    private Locator button(String name) {
        return button(".page-head", name);
    }

    private Locator button(String place, String name) {
        return page.locator(place + " .button")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }
}
