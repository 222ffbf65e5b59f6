package io.meterline.console;

import io.meterline.access.Role;
import io.meterline.event.RuleException;
import io.meterline.http.Call;
import io.meterline.http.Json;
import io.meterline.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

/** Turns what is to be seen into an answer: a page in its frame, a part of one, another address. */
public final class Screen {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final Duration TOAST_AGE = Duration.ofSeconds(30);
    private static final int MOST_TOAST_LETTERS = 500;

    private final Templates templates;
    private final Counts counts;
    private final Feeds feeds;

    Screen(Templates templates, Counts counts, Feeds feeds) {
        this.templates = templates;
        this.counts = counts;
        this.feeds = feeds;
    }

    /** What a person sees who was refused. */
    public record Refusal(int status, String title, String detail) {}

    Reply reply(Visit visit, View view) {
        return switch (view) {
            case View.Whole whole -> whole(visit, whole);
            case View.Part part -> part(visit, part);
            case View.GoTo goTo -> goTo(visit, goTo);
            case View.Answer answer -> answer.reply();
            case View.Stream stream -> stream(visit, stream.feed());
        };
    }

    /** A page of its own for browsers; for htmx a toast, and the page stays as it is. */
    Reply refused(Visit visit, int status, String title, String detail) {
        if (visit.wantsPart()) {
            return Reply.html("")
                    .status(status)
                    .header("HX-Reswap", "none")
                    .header("HX-Trigger", trigger(Toast.failed(detail)));
        }
        View page = new View.Whole(
                "refused.jte",
                Area.OVERVIEW,
                List.of(new Crumb(title, null)),
                new Refusal(status, title, detail),
                status);
        return reply(visit, page);
    }

    Reply refused(Visit visit, RuleException e) {
        ApiFault.Problem problem = Json.mapper()
                .readerFor(ApiFault.Problem.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(io.meterline.http.Problem.reply(e).bytes());
        return refused(visit, problem.status(), problem.title(), problem.detail());
    }

    /** A page for somebody who is not signed in. */
    Reply outside(String template, Object model, int status) {
        return page(templates.render(template, Map.of("page", model)), status);
    }

    private Reply whole(Visit visit, View.Whole view) {
        Optional<String> toast = Cookie.TOAST.of(visit.call());
        Frame frame =
                frame(visit, view.area(), view.trail(), toast.map(Screen::read).orElse(null), counts.of(visit));
        Reply reply =
                page(templates.render(view.template(), Map.of("frame", frame, "page", view.model())), view.status());
        return toast.isPresent() ? reply.header("Set-Cookie", Cookie.TOAST.clear(visit.call())) : reply;
    }

    private Reply part(Visit visit, View.Part view) {
        Frame frame = withoutRail(visit);
        Reply reply =
                page(templates.render(view.template(), Map.of("frame", frame, "page", view.model())), view.status());
        Toast toast = view.toast();
        return toast == null ? reply : reply.header("HX-Trigger", trigger(toast));
    }

    private Reply stream(Visit visit, Feed feed) {
        Frame frame = withoutRail(visit);
        return feeds.reply(
                feed, message -> templates.render(message.template(), Map.of("frame", frame, "page", message.model())));
    }

    // Where somebody is led after a change; the next page counts anew.
    private Reply goTo(Visit visit, View.GoTo view) {
        Call call = visit.call();
        counts.forget(visit.environment());
        Reply reply =
                visit.wantsPart() ? Reply.noContent().header("HX-Redirect", view.path()) : Reply.seeOther(view.path());
        Toast toast = view.toast();
        return toast == null ? reply : reply.header("Set-Cookie", Cookie.TOAST.set(call, written(toast), TOAST_AGE));
    }

    private static Reply page(String html, int status) {
        // With no referrer at all, browsers send forms with "Origin: null", and Origin could not tell them from foreign
        // ones.
        return Reply.html(html)
                .status(status)
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin");
    }

    /** For a part of a page, which has no rail to show counts in. */
    private static Frame withoutRail(Visit visit) {
        return frame(visit, Area.OVERVIEW, List.of(new Crumb("", null)), null, Map.of());
    }

    private static Frame frame(
            Visit visit, Area active, List<Crumb> trail, @Nullable Toast toast, Map<Area, String> counts) {
        Role role = visit.user().role();
        return new Frame(
                visit.environment(),
                active,
                trail,
                visit.user().name(),
                visit.user().email(),
                role.text(),
                visit.session().csrf(),
                toast,
                counts,
                role.includes(Role.EDITOR),
                role.includes(Role.ADMIN));
    }

    // A header holds ASCII only.
    private static String trigger(Toast toast) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("failed", toast.failed());
        detail.put("text", toast.text());
        detail.put("path", toast.path());
        detail.put("label", toast.label());
        detail.put("undo", toast.undoes() ? toast.path() : null);
        StringBuilder ascii = new StringBuilder();
        new String(Json.bytes(Map.of("toast", detail)), StandardCharsets.UTF_8)
                .chars()
                .forEach(letter -> ascii.append(letter < 0x7F ? "" + (char) letter : "\\u%04x".formatted(letter)));
        return ascii.toString();
    }

    private static String written(Toast toast) {
        String text = toast.text();
        Toast shown = text.length() > MOST_TOAST_LETTERS
                ? new Toast(
                        toast.failed(),
                        text.substring(0, MOST_TOAST_LETTERS),
                        toast.path(),
                        toast.label(),
                        toast.undoes())
                : toast;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(shown));
    }

    private static @Nullable Toast read(String cookie) {
        try {
            return Json.mapper().readValue(Base64.getUrlDecoder().decode(cookie), Toast.class);
        } catch (IllegalArgumentException | JacksonException e) {
            return null; // Not one of ours.
        }
    }
}
