package io.meterline.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pictures of every page with the sample company, and of the same pages empty, in both themes and two widths. They go to
 * {@code server/target/screenshots}; {@code docs/screenshots/make} takes them and keeps the best.
 */
@Tag("screenshots")
final class Screenshots extends BrowserTest {

    private static final Path FOLDER = Path.of("target", "screenshots");

    private static final Set<String> LISTS = Set.of(
            "overview", "events", "loaders", "customers", "aggregators", "products", "subscriptions", "simulations");

    private record Size(int width, int height) {}

    @Test
    void takeThem() {
        SampleCompany.fill(server.client(), Instant.now());
        SampleLoaders.fill(server.client(), files, Instant.now());
        Map<String, String> pages = EveryPage.of(server.client());
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (Size size : List.of(new Size(1440, 900), new Size(390, 844))) {
                take(pages, theme, size);
            }
        }
    }

    private void take(Map<String, String> pages, ColorScheme theme, Size size) {
        try (BrowserContext context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(server.url())
                        .setViewportSize(size.width(), size.height())
                        .setColorScheme(theme)
                        .setTimezoneId("Europe/Paris")
                        .setLocale("en-GB")
                        .setStorageState(page.context().storageState()))) {
            Page window = context.newPage();
            pages.forEach((name, path) -> {
                take(window, "/console/live" + path, name, theme, size);
                if (LISTS.contains(name)) {
                    take(window, "/console/test" + path, name + "-empty", theme, size);
                }
            });
        }
    }

    private static void take(Page window, String path, String name, ColorScheme theme, Size size) {
        window.navigate(path);
        window.waitForLoadState(LoadState.NETWORKIDLE);
        String file = "%s-%s-%d.png".formatted(name, theme.name().toLowerCase(Locale.ROOT), size.width());
        window.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
    }
}
