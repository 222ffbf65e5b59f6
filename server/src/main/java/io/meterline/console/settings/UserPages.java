package io.meterline.console.settings;

import io.meterline.access.AuditLog;
import io.meterline.access.Role;
import io.meterline.access.SignInLink;
import io.meterline.access.SignInLinks;
import io.meterline.access.User;
import io.meterline.access.Users;
import io.meterline.console.Choice;
import io.meterline.console.Pages;
import io.meterline.console.Tab;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The people who may sign in. */
public final class UserPages implements Pages.Source {

    private final Users users;
    private final SignInLinks links;
    private final PeopleLog log;

    public UserPages(Users users, SignInLinks links, AuditLog audit) {
        this.users = users;
        this.links = links;
        this.log = new PeopleLog(audit);
    }

    @Override
    public void register(Pages pages) {
        pages.get("/settings/users", Role.ADMIN, visit -> page(visit, null, null));
        pages.post("/settings/users", Role.ADMIN, this::invite);
        pages.post("/settings/users/{id}/role", Role.ADMIN, this::role);
        pages.post("/settings/users/{id}/disable", Role.ADMIN, this::disable);
        pages.post("/settings/users/{id}/enable", Role.ADMIN, this::enable);
        pages.post("/settings/users/{id}/link", Role.ADMIN, this::link);
    }

    /**
     * The page.
     *
     * @param link that was just made
     * @param refused why something was not done
     */
    public record UsersPage(
            List<Tab> tabs,
            List<Row> users,
            @Nullable Link link,
            Fields typed,
            @Nullable String refused) {

        /** The roles and what they may do. */
        public static final List<Choice> ROLES = List.of(
                new Choice("viewer", "Viewer"), new Choice("editor", "Editor"), new Choice("admin", "Administrator"));

        /** Whether the form of an invitation was refused. */
        public boolean refusedInvitation() {
            return refused != null && typed.isOn("invite");
        }
    }

    /** A person in the list. */
    public record Row(User user, @Nullable Instant lastSeenAt, boolean self) {
        /** What the role is called. */
        public String role() {
            return switch (user.role()) {
                case VIEWER -> "Viewer";
                case EDITOR -> "Editor";
                case ADMIN -> "Administrator";
            };
        }
    }

    /**
     * A link that is shown once.
     *
     * @param invites whether it is for somebody new
     */
    public record Link(User user, String url, Instant expiresAt, boolean invites) {}

    private View invite(Visit visit) {
        try {
            User invited = users.invite(
                    visit.fields().get("email"),
                    visit.fields().text("name").orElse(null),
                    Role.of(visit.fields().get("role")));
            log.changed(visit, "invited a user", null, invited);
            return page(visit, shown(visit, invited, links.invite(invited.id())), null);
        } catch (RuleException e) {
            return page(visit, null, e.sentence());
        }
    }

    private View role(Visit visit) {
        Role role = Role.of(visit.fields().get("role"));
        return change(visit, "changed the role of a user", id -> users.changeRole(id, role), "role is changed");
    }

    private View disable(Visit visit) {
        return change(visit, "disabled a user", users::disable, "access is taken away, and every session ended");
    }

    private View enable(Visit visit) {
        return change(visit, "enabled a user", users::enable, "access is given back");
    }

    @FunctionalInterface
    private interface Change {
        User of(String id);
    }

    private View change(Visit visit, String action, Change change, String done) {
        try {
            User before = users.byId(visit.id("id"));
            User after = change.of(before.id());
            if (!after.equals(before)) {
                log.changed(visit, action, before, after);
            }
            return View.goTo(visit.path("/settings/users"), after.name() + ": " + done + ".");
        } catch (RuleException e) {
            return page(visit, null, e.sentence());
        }
    }

    private View link(Visit visit) {
        try {
            User user = users.byId(visit.id("id"));
            SignInLink link = user.joined() ? links.reset(user.id()) : links.invite(user.id());
            log.changed(visit, user.joined() ? "made a link to a new password" : "made another invitation", user, user);
            return page(visit, shown(visit, user, link), null);
        } catch (RuleException e) {
            return page(visit, null, e.sentence());
        }
    }

    private static Link shown(Visit visit, User user, SignInLink link) {
        return new Link(
                user,
                visit.origin() + link.path(),
                Timestamps.instant(link.expiresAtMicros()),
                link.kind() == SignInLink.Kind.INVITE);
    }

    private View page(Visit visit, @Nullable Link link, @Nullable String refused) {
        List<Row> rows = users.list().stream()
                .map(user -> new Row(
                        user,
                        user.lastSeenAtMicros() == null ? null : Timestamps.instant(user.lastSeenAtMicros()),
                        user.id().equals(visit.user().id())))
                .toList();
        UsersPage page = new UsersPage(
                SettingsTabs.USERS.tabs(visit),
                rows,
                link,
                refused == null ? Fields.of(Map.of("role", "viewer")) : visit.fields(),
                refused);
        return SettingsTabs.USERS.view("users", page, refused == null ? 200 : 422);
    }
}
