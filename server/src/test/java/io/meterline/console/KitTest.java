package io.meterline.console;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What templates and assets owe each other, and the people who read them. */
class KitTest {
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path ASSETS = Path.of("src/main/resources/console/assets");

    @Test
    void everyIconThatATemplateNamesIsInTheSprite() throws IOException {
        // Given
        List<String> sprite =
                all(Pattern.compile("<symbol id=\"([^\"]+)\""), Files.readString(ASSETS.resolve("icons.svg")));
        var named = Pattern.compile("ui\\.icon\\((?:name = )?\"([a-z0-9-]+)\"|\\bicon = \"([a-z0-9-]+)\"");

        // Then
        for (Path template : templates()) {
            assertThat(sprite).as(template.toString()).containsAll(all(named, Files.readString(template)));
        }
        for (Area area : Area.values()) {
            assertThat(sprite).contains(area.icon());
        }
    }

    @Test
    void nothingIsInlineThatTheContentPolicyForbids() throws IOException {
        var forbidden = Pattern.compile("( style=\"|<style| on[a-z]+=\"|javascript:|hx-on|<script>)");

        for (Path template : templates()) {
            assertThat(all(forbidden, Files.readString(template)))
                    .as(template.toString())
                    .isEmpty();
        }
    }

    @Test
    void noAssetComesFromAnotherOrigin() throws IOException {
        var outside = Pattern.compile("(url\\(\\s*[\"']?(?:https?:)?//|import [^;]*https?://|fetch\\([\"']https?://)");

        for (Path asset : files(ASSETS, ".css", ".js")) {
            assertThat(all(outside, Files.readString(asset)))
                    .as(asset.toString())
                    .isEmpty();
        }
    }

    @Test
    void everyTextHasTheContrastOfWcagAaOnEverySurfaceInBothThemes() throws IOException {
        // Given
        Map<String, List<String>> colours = colours();
        var surfaces = List.of("ground", "surface", "raised", "sunken", "hover");
        var texts = List.of("text", "text-2", "text-3", "accent-text", "ok", "warn", "bad");
        var pairs = new ArrayList<List<String>>();
        surfaces.forEach(surface -> texts.forEach(text -> pairs.add(List.of(text, surface))));
        pairs.addAll(List.of(
                List.of("text", "accent-soft"),
                List.of("text-2", "accent-soft"),
                List.of("text-3", "accent-soft"),
                List.of("accent-text", "accent-soft"),
                List.of("ok", "ok-soft"),
                List.of("warn", "warn-soft"),
                List.of("bad", "bad-soft"),
                List.of("text-2", "warn-soft"),
                List.of("text-2", "bad-soft"),
                List.of("on-accent", "accent"),
                List.of("on-accent", "accent-hover"),
                List.of("on-bad", "bad-solid"),
                List.of("code-key", "sunken"),
                List.of("code-text", "sunken"),
                List.of("code-number", "sunken")));

        // Then
        for (List<String> pair : pairs) {
            for (int theme = 0; theme < 2; theme++) {
                String text = colour(colours, pair.getFirst(), theme);
                String ground = colour(colours, pair.getLast(), theme);
                assertThat(contrast(text, ground))
                        .as("%s on %s, %s on %s", pair.getFirst(), pair.getLast(), text, ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    private static String colour(Map<String, List<String>> colours, String name, int theme) {
        return requireNonNull(colours.get(name), name).get(theme);
    }

    private static Map<String, List<String>> colours() throws IOException {
        var pair = Pattern.compile("--([a-z0-9-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");
        var colours = new TreeMap<String, List<String>>();
        pair.matcher(Files.readString(ASSETS.resolve("console.css")))
                .results()
                .forEach(found -> colours.put(found.group(1), List.of(found.group(2), found.group(3))));
        return colours;
    }

    /** As WCAG 2.2 defines it. */
    private static double contrast(String one, String other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(String colour) {
        return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
    }

    private static double channel(String colour, int at) {
        double share = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static List<Path> templates() throws IOException {
        return files(TEMPLATES, ".jte");
    }

    private static List<Path> files(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.getFileName().toString().endsWith(ending)))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(KitTest::firstGroup).toList();
    }

    private static String firstGroup(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return found.group();
    }
}
