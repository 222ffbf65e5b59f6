package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every page: it comes, is accessible in both themes, fits a phone, and is light. */
final class EveryPageTest extends BrowserTest {

    // Unpacked; what crosses the network is a third of it.
    private static final int MOST_SCRIPT_BYTES = 300 * 1024;
    private static final String SCRIPT_BYTES = "() => performance.getEntriesByType('resource')"
            + ".filter(entry => new URL(entry.name).pathname.endsWith('.js'))"
            + ".reduce((sum, entry) => sum + entry.decodedBodySize, 0)";
    private static final String BEYOND_THE_EDGE =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    // What can be clicked and cannot be reached by the tab key, or does not show that it has been.
    private static final String MOUSE_ONLY = """
            () => {
              const reachable = "a[href], button, input, select, textarea, summary, [tabindex]";
              const shown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: false })
                && it.getClientRects().length > 0;
              const name = (it) => it.outerHTML.slice(0, 120);
              const faults = [];
              let reached = 0;
              for (const it of document.querySelectorAll(reachable)) {
                if (!shown(it) || it.disabled || it.matches("[type=hidden], fieldset:disabled *, [tabindex='-1']")) continue;
                it.focus({ focusVisible: true, preventScroll: true });
                if (document.activeElement !== it) { faults.push("cannot be reached: " + name(it)); continue; }
                reached++;
                const rings = [it, it.parentElement, it.closest("label"), it.nextElementSibling].filter(Boolean)
                  .map((place) => getComputedStyle(place));
                if (!rings.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none")) {
                  faults.push("does not show that it is reached: " + name(it));
                }
              }
              document.activeElement?.blur();
              if (reached < 10) faults.push(`only ${reached} can be reached`);
              for (const it of document.querySelectorAll("main *")) {
                if (!shown(it) || getComputedStyle(it).cursor !== "pointer" || it.closest("svg")) continue;
                if (it.closest(reachable + ", label") || it.querySelector(reachable)) continue;
                const row = it.closest("tr");
                if (row?.querySelector(reachable)) continue;
                faults.push("for the mouse only: " + name(it));
              }
              return faults;
            }""";

    private static Map<String, String> pages = Map.of();

    @BeforeAll
    static void fill() {
        SampleCompany.fill(server.client(), Instant.now());
        SampleLoaders.fill(server.client(), files, Instant.now());
        pages = EveryPage.of(server.client());
    }

    @Test
    void isThereAndHasNoSeriousFaultOfAccessibilityInEitherTheme() {
        List<String> faults = new ArrayList<>();
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            pages.forEach((name, path) -> {
                Response answer = page.navigate("/console/live" + path);
                if (answer.status() != 200) {
                    faults.add(name + ": " + answer.status());
                }
                violations().forEach(violation -> faults.add(theme + " " + name + ": " + violation));
            });
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void fitsAPhoneAndBringsLittleScript() {
        page.setViewportSize(390, 844);
        List<String> faults = new ArrayList<>();
        pages.forEach((name, path) -> {
            page.navigate("/console/live" + path);
            int bytes = ((Number) page.evaluate(SCRIPT_BYTES)).intValue();
            if (bytes >= MOST_SCRIPT_BYTES) {
                faults.add(name + ": " + bytes + " bytes of script");
            }
            int beyond = ((Number) page.evaluate(BEYOND_THE_EDGE)).intValue();
            if (beyond > 0) {
                faults.add(name + ": " + beyond + " px wider than a phone");
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void isUsableByKeyboard() {
        List<String> faults = new ArrayList<>();
        pages.forEach((name, path) -> {
            page.navigate("/console/live" + path);
            ((List<?>) page.evaluate(MOUSE_ONLY)).forEach(fault -> faults.add(name + ": " + fault));
        });
        assertThat(faults).isEmpty();
    }
}
