package io.meterline.console;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Makes sure that a form was sent from one of our own pages. */
final class Origin {

    private static final String TOKEN_HEADER = "X-CSRF-Token";
    private static final String FIELD = "csrf";

    private Origin() {}

    /** By what the browser says. Throws {@code RuleException} {@code cross_site} for a form of another site. */
    static void check(Call call) {
        String site = call.header("Sec-Fetch-Site").orElse("same-origin");
        String host = call.header("Host").orElse("");
        boolean foreign = call.header("Origin")
                .filter(origin -> !origin.equals("http://" + host) && !origin.equals("https://" + host))
                .isPresent();
        if (foreign || !(site.equals("same-origin") || site.equals("none"))) {
            throw refused("This form was sent from another site. Open the console and do it there.");
        }
    }

    /**
     * By the token of the session, in a header, in the field {@code csrf}, or in the query of a form with a file, which is
     * not read before it is known whose it is.
     */
    static void check(Visit visit) {
        check(visit.call());
        String sent = visit.call()
                .header(TOKEN_HEADER)
                .or(() -> visit.query().text(FIELD))
                .orElseGet(() -> hasFile(visit.call()) ? "" : visit.fields().raw(FIELD));
        boolean ours = MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), visit.session().csrf().getBytes(StandardCharsets.UTF_8));
        if (!ours) {
            throw refused("The page is from an earlier sign-in. Load it again, then repeat what you did.");
        }
    }

    private static boolean hasFile(Call call) {
        return call.header("Content-Type")
                .filter(type -> type.startsWith("multipart/"))
                .isPresent();
    }

    private static RuleException refused(String message) {
        return new RuleException(Kind.FORBIDDEN, "cross_site", message);
    }
}
