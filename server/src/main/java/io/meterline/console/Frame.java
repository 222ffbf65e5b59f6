package io.meterline.console;

import io.meterline.event.Environment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page: who looks at it, in which environment, where it is.
 *
 * @param active the area that is marked in the rail
 * @param trail from the area to this page
 * @param csrf goes with every form, as the field {@code csrf}; htmx sends it as a header
 * @param toast to show at once
 * @param counts by area, as they stand at the right of the rail; areas without one show none
 * @param edits whether the person may change things
 * @param administers whether the person may do everything
 */
public record Frame(
        Environment environment,
        Area active,
        List<Crumb> trail,
        String userName,
        String userEmail,
        String role,
        String csrf,
        @Nullable Toast toast,
        Map<Area, String> counts,
        boolean edits,
        boolean administers) {

    /** A path of the console in this environment. */
    public String path(String rest) {
        return "/console/" + environment.text() + rest;
    }

    /** The same area in the other environment. */
    public String otherEnvironment() {
        Environment other = isTest() ? Environment.LIVE : Environment.TEST;
        return "/console/" + other.text() + active.path();
    }

    /** The name of a form of this page: whatever it makes is made once, however often it is sent. */
    public String formId() {
        return UUID.randomUUID().toString();
    }

    public boolean isTest() {
        return environment == Environment.TEST;
    }

    /** Of the browser's tab. */
    public String title() {
        return trail.getLast().title();
    }

    /** For the avatar: {@code AM} of Ada Miller. */
    public String initials() {
        StringBuilder initials = new StringBuilder();
        for (String word : userName.strip().split("\\s+", -1)) {
            if (!word.isEmpty() && initials.length() < 2) {
                initials.appendCodePoint(word.codePointAt(0));
            }
        }
        return initials.toString().toUpperCase(Locale.ROOT);
    }
}
