package io.meterline.console.settings;

import io.meterline.access.AuditLog;
import io.meterline.access.NewSession;
import io.meterline.access.Role;
import io.meterline.access.Sessions;
import io.meterline.access.User;
import io.meterline.access.Users;
import io.meterline.console.Pages;
import io.meterline.console.SignIn;
import io.meterline.console.Tab;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What everybody may change about themselves. */
public final class AccountPages implements Pages.Source {

    private static final String PATH = "/settings/account";

    private final Users users;
    private final Sessions sessions;
    private final PeopleLog log;

    public AccountPages(Users users, Sessions sessions, AuditLog audit) {
        this.users = users;
        this.sessions = sessions;
        this.log = new PeopleLog(audit);
    }

    @Override
    public void register(Pages pages) {
        pages.get(PATH, visit -> page(visit, null, null)).takes("password");
        pages.post(PATH + "/name", Role.VIEWER, this::rename);
        pages.post(PATH + "/password", Role.VIEWER, this::password);
        pages.post(PATH + "/sign-out", Role.VIEWER, this::signOut);
    }

    /**
     * The page.
     *
     * @param changed whether the password was just changed
     */
    public record AccountPage(
            List<Tab> tabs,
            User user,
            Instant signedInAt,
            boolean changed,
            @Nullable String nameRefused,
            @Nullable String passwordRefused) {}

    private View rename(Visit visit) {
        try {
            User before = visit.user();
            User after = users.rename(before.id(), visit.fields().get("name"));
            log.changed(visit, "changed their name", before, after);
            return View.goTo(visit.path(PATH), "You are " + after.name() + " from now on.");
        } catch (RuleException e) {
            return page(visit, e.sentence(), null);
        }
    }

    private View password(Visit visit) {
        try {
            NewSession session = sessions.changePassword(
                    visit.user().id(),
                    visit.fields().raw("current"),
                    visit.fields().raw("password"),
                    visit.call().caller());
            log.changed(visit, "changed their password", visit.user(), visit.user());
            return new View.Answer(SignIn.goOn(visit.call(), session, visit.path(PATH) + "?password=changed"));
        } catch (RuleException e) {
            return page(visit, null, e.sentence());
        }
    }

    private View signOut(Visit visit) {
        sessions.endAll(visit.user().id());
        log.changed(visit, "signed out everywhere", visit.user(), visit.user());
        return new View.Answer(SignIn.leave(visit.call()));
    }

    private static View page(Visit visit, @Nullable String nameRefused, @Nullable String passwordRefused) {
        boolean refused = nameRefused != null || passwordRefused != null;
        AccountPage page = new AccountPage(
                SettingsTabs.ACCOUNT.tabs(visit),
                visit.user(),
                Timestamps.instant(visit.session().createdAtMicros()),
                !refused && visit.query().has("password"),
                nameRefused,
                passwordRefused);
        return SettingsTabs.ACCOUNT.view("account", page, refused ? 422 : 200);
    }
}
