package io.meterline.console.settings;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditEntry;
import io.meterline.access.AuditFilter;
import io.meterline.access.AuditLog;
import io.meterline.access.Role;
import io.meterline.access.User;
import io.meterline.access.Users;
import io.meterline.console.Api;
import io.meterline.console.Choice;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who changed what, and when. */
public final class AuditPages implements Pages.Source {

    private static final String PATH = "/settings/audit";
    private static final int ROWS = 50;
    private static final int MOST_PAGES = 200;

    private final AuditLog audit;
    private final Users users;

    public AuditPages(AuditLog audit, Users users) {
        this.audit = audit;
        this.users = users;
    }

    @Override
    public void register(Pages pages) {
        pages.get(PATH, Role.ADMIN, this::show).takes("person", "path", "where", "from", "to", "page", "entry");
        pages.post(PATH, Role.ADMIN, AuditPages::filter);
    }

    /** The fields that filter, in the order of the address. */
    private static final List<String> FILTERS = List.of("person", "path", "where", "from", "to");

    /** From a form of a filter to the address that says the same. */
    private static View filter(Visit visit) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String name : FILTERS) {
            visit.fields().text(name).ifPresent(value -> wanted.put(name, value));
        }
        return new View.GoTo(visit.path(PATH + query(wanted)), null);
    }

    private View show(Visit visit) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String name : FILTERS) {
            visit.query().text(name).ifPresent(value -> wanted.put(name, value));
        }
        int page = visit.query().integer("page", 1, 1, MOST_PAGES);
        Page<AuditEntry> found = audit.list(filter(wanted, visit), new PageRequest(ROWS, (page - 1) * ROWS, null));
        Map<String, String> here = new LinkedHashMap<>(wanted);
        if (page > 1) {
            here.put("page", Integer.toString(page));
        }
        List<Choice> people = people();
        AuditPage model = new AuditPage(
                SettingsTabs.AUDIT.tabs(visit),
                found.data().stream()
                        .map(entry -> row(entry, visit.path(PATH + query(with(here, "entry", entry.id())))))
                        .toList(),
                wanted,
                called(wanted.get("person"), people, found.data()),
                people,
                pager(visit, wanted, page, found.data().size(), found.total()),
                opened(visit),
                visit.path(PATH),
                visit.path(PATH + query(here)));
        return SettingsTabs.AUDIT.view("audit", model, 200);
    }

    private AuditPage.@Nullable Opened opened(Visit visit) {
        return visit.query()
                .text("entry")
                .flatMap(audit::find)
                .map(entry -> new AuditPage.Opened(
                        row(entry, ""),
                        entry.change().path(),
                        entry.change().requestId(),
                        entry.erased(),
                        entry.change().before(),
                        entry.change().after(),
                        JsonDiff.of(entry.change().before(), entry.change().after())))
                .orElse(null);
    }

    private static AuditPage.Row row(AuditEntry entry, String href) {
        AuditChange change = entry.change();
        AuditActor actor = change.actor();
        String id = actor.id();
        return new AuditPage.Row(
                entry.id(),
                Timestamps.instant(entry.atMicros()),
                Optional.ofNullable(actor.name()).orElse(id == null ? "system" : id),
                actor.kind().text(),
                ActionWords.of(change),
                Optional.ofNullable(change.target()).orElse(""),
                change.environment() == null ? "" : change.environment().text(),
                href);
    }

    private static AuditFilter filter(Map<String, String> wanted, Visit visit) {
        Environment environment = "here".equals(wanted.get("where")) ? visit.environment() : null;
        return new AuditFilter(
                wanted.get("person"),
                environment,
                wanted.get("path"),
                new Period(
                        day(wanted.get("from"), 0).orElse(Long.MIN_VALUE),
                        day(wanted.get("to"), 1).orElse(Long.MAX_VALUE)));
    }

    // Both days are part of the period; what is no day is no limit.
    private static Optional<Long> day(@Nullable String text, int plus) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant start = LocalDate.parse(text)
                    .plusDays(plus)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return Optional.of(Timestamps.micros(start));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<Choice> people() {
        List<Choice> people = new ArrayList<>();
        people.add(new Choice("", "anybody"));
        for (User user : users.list()) {
            people.add(new Choice(user.id(), user.name() + " (" + user.email() + ")"));
        }
        return people;
    }

    private static String called(@Nullable String person, List<Choice> people, List<AuditEntry> found) {
        if (person == null) {
            return "anybody";
        }
        return people.stream()
                .filter(choice -> choice.value().equals(person))
                .map(Choice::label)
                .findFirst()
                .or(() -> found.stream()
                        .map(entry -> entry.change().actor().name())
                        .filter(name -> name != null)
                        .findFirst())
                .orElse(person);
    }

    private static @Nullable Pager pager(Visit visit, Map<String, String> wanted, int page, int shown, long total) {
        if (total <= ROWS) {
            return null;
        }
        long before = (long) (page - 1) * ROWS;
        return new Pager(
                before + 1,
                before + shown,
                total,
                page == 1
                        ? null
                        : visit.path(
                                PATH + query(page == 2 ? wanted : with(wanted, "page", Integer.toString(page - 1)))),
                before + shown < total && page < MOST_PAGES
                        ? visit.path(PATH + query(with(wanted, "page", Integer.toString(page + 1))))
                        : null);
    }

    private static Map<String, String> with(Map<String, String> wanted, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(wanted);
        more.put(name, value);
        return more;
    }

    private static String query(Map<String, String> wanted) {
        return wanted.isEmpty()
                ? ""
                : wanted.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + Api.encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
