package io.meterline.console.settings;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.price.Numbers;
import io.meterline.http.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API keys of the environment. */
public final class KeyPages implements Pages.Source {

    private static final int ROWS = 50;
    private static final int MOST_PAGES = 200;

    private final InstantSource clock;

    public KeyPages(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get("/settings/keys", Role.ADMIN, visit -> page(visit, null, Refused.NOTHING, 200))
                .takes("page");
        pages.post("/settings/keys", Role.ADMIN, this::create);
        pages.post("/settings/keys/{id}/limit", Role.ADMIN, this::limit);
        pages.post("/settings/keys/{id}/revoke", Role.ADMIN, this::revoke);
    }

    private View create(Visit visit) {
        Fields fields = visit.fields();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.text("name").ifPresent(name -> body.put("name", name));
        fields.all("scope").forEach(body.withArray("scopes")::add);
        expiry(fields).ifPresent(at -> body.put("expires_at", at.toString()));
        limit(fields, body, false);
        try {
            KeysPage.Key made = visit.api().create("/v1/api-keys", body, fields.get("form_id"), KeysPage.Key.class);
            return page(visit, made, Refused.NOTHING, 200);
        } catch (ApiFault e) {
            return page(visit, null, Refused.by(e), 422);
        }
    }

    // A key is good for whole days, so that a form that is sent twice asks for the same.
    private Optional<Instant> expiry(Fields fields) {
        String days = fields.get("expires");
        return days.matches("\\d{1,4}")
                ? Optional.of(
                        clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(Integer.parseInt(days) + 1L)))
                : Optional.empty();
    }

    private static void limit(Fields fields, ObjectNode body, boolean required) {
        switch (fields.get("limit")) {
            case "none" -> body.putNull("events_per_second");
            case "some" -> {
                String typed = fields.get("events_per_second");
                String number =
                        Numbers.typed(typed).map(BigDecimal::toPlainString).orElse(typed);
                if (number.matches("\\d{1,9}")) {
                    body.put("events_per_second", Integer.parseInt(number));
                } else {
                    body.put("events_per_second", number);
                }
            }
            default -> {
                if (required) {
                    body.putNull("events_per_second");
                }
            }
        }
    }

    private View limit(Visit visit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        limit(visit.fields(), body, true);
        try {
            KeysPage.Key key = visit.api().put(target(visit), body, KeysPage.Key.class);
            return View.goTo(visit.path("/settings/keys"), "The limit of " + key.called() + " holds from now on.");
        } catch (ApiFault e) {
            return page(visit, null, Refused.by(e), 422);
        }
    }

    private View revoke(Visit visit) {
        KeysPage.Key key = visit.api().get(target(visit), KeysPage.Key.class);
        if (!visit.fields().get("confirm").equals(key.called())) {
            return page(visit, null, Refused.because("Type " + key.called() + " to revoke this key."), 422);
        }
        visit.api().delete(target(visit));
        return new View.GoTo(
                visit.path("/settings/keys"), Toast.done(key.called() + " is revoked and refused from now on."));
    }

    private View page(Visit visit, KeysPage.@Nullable Key made, Refused refused, int status) {
        int page = refused.any() || made != null ? 1 : visit.query().integer("page", 1, 1, MOST_PAGES);
        String target = "/v1/api-keys?take=" + ROWS + (page == 1 ? "" : "&skip=" + (page - 1) * ROWS);
        KeysPage.Listing found = visit.api().get(target, KeysPage.Listing.class);
        Instant now = clock.instant();
        KeysPage model = new KeysPage(
                SettingsTabs.KEYS.tabs(visit),
                found.data().stream()
                        .map(key -> new KeysPage.Row(
                                key, key.expiresAt() != null && !key.expiresAt().isAfter(now)))
                        .toList(),
                pager(visit, page, found),
                made,
                refused.any() ? visit.fields() : Fields.of(Map.of()),
                refused,
                visit.curl(target));
        return SettingsTabs.KEYS.view("keys", model, status);
    }

    private static @Nullable Pager pager(Visit visit, int page, KeysPage.Listing found) {
        long total = found.meta().total();
        if (total <= ROWS) {
            return null;
        }
        long before = (long) (page - 1) * ROWS;
        String base = visit.path("/settings/keys");
        return new Pager(
                before + 1,
                before + found.data().size(),
                total,
                page == 1 ? null : page == 2 ? base : base + "?page=" + (page - 1),
                before + found.data().size() < total ? base + "?page=" + (page + 1) : null);
    }

    private static String target(Visit visit) {
        return "/v1/api-keys/" + Api.encode(visit.id("id"));
    }
}
