package io.meterline.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.meterline.testing.RequiredPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Chromium of this machine, started once for all tests of a run. */
final class Chromium {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static @Nullable Browser browser;

    private Chromium() {}

    static synchronized Browser browser() {
        Browser running = browser;
        if (running == null) {
            // Tests use the browser of the machine and never fetch one.
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Path program = RequiredPrograms.find("chromium").orElseThrow();
            running = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program)
                            .setArgs(ARGUMENTS));
            browser = running;
        }
        return running;
    }
}
