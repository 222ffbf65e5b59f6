package io.meterline.console.settings;

import io.meterline.access.Role;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Tab;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.util.ArrayList;
import java.util.List;

/** The pages of the settings, side by side. Those that only administrators may see are left out for others. */
enum SettingsTabs {
    KEYS("API keys", "/settings/keys", Role.ADMIN),
    USERS("Users", "/settings/users", Role.ADMIN),
    ENVIRONMENT("Environment", "/settings/environment", Role.VIEWER),
    AUDIT("Audit log", "/settings/audit", Role.ADMIN),
    ACCOUNT("Your account", "/settings/account", Role.VIEWER);

    private final String title;
    private final String path;
    private final Role needed;

    SettingsTabs(String title, String path, Role needed) {
        this.title = title;
        this.path = path;
        this.needed = needed;
    }

    /** The first that a role may see. */
    static SettingsTabs first(Role role) {
        return role.includes(Role.ADMIN) ? KEYS : ENVIRONMENT;
    }

    String path() {
        return path;
    }

    /** As links, with this one current. */
    List<Tab> tabs(Visit visit) {
        List<Tab> tabs = new ArrayList<>();
        for (SettingsTabs tab : values()) {
            if (visit.user().role().includes(tab.needed)) {
                tabs.add(Tab.of(tab.title, visit.path(tab.path), tab == this));
            }
        }
        return tabs;
    }

    /** The page of this tab. */
    View view(String template, Object model, int status) {
        return new View.Whole(
                "settings/" + template + ".jte",
                Area.SETTINGS,
                List.of(new Crumb(Area.SETTINGS.title(), Area.SETTINGS.path()), new Crumb(title, null)),
                model,
                status);
    }
}
