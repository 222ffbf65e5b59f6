package io.meterline.access;

import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the entries of the audit log that are about a customer, and empties them.
 *
 * <p>An entry is about a customer when its target or a part of its path is one of the customer's names, when one of our ids of
 * the customer stands anywhere in before or after, or when an external id stands there in a field {@code …customer_id} or
 * {@code …external_id}. An external id anywhere else is no sign: it may be {@code 1}.
 */
final class AuditErasure {

    private static final String GONE = "erased";
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> FIELDS = List.of("customer_id\":", "external_id\":");

    private AuditErasure() {}

    static Set<Long> find(Handle handle, Environment environment, Set<String> names) {
        Set<Long> found = new TreeSet<>();
        for (String name : names) {
            found.addAll(byPlace(handle, environment, name));
            for (String part : parts(name)) {
                found.addAll(byText(handle, environment, part));
            }
        }
        return found;
    }

    static void empty(Handle handle, List<Long> numbers, Set<String> names) {
        for (long number : numbers) {
            handle.createQuery("SELECT path, target FROM audit_log WHERE number = :number")
                    .bind("number", number)
                    .map((row, _) -> new Place(row.getString("path"), row.getString("target")))
                    .findOne()
                    .map(place -> place.without(names))
                    .ifPresent(place -> handle.createUpdate("""
                                    UPDATE audit_log SET path = :path, target = :target, before_text = NULL,
                                        after_text = NULL, erased = :erased
                                    WHERE number = :number
                                    """)
                            .bind("path", place.path())
                            .bind("target", place.target())
                            .bind("erased", true)
                            .bind("number", number)
                            .execute());
        }
    }

    /** Where a customer may be named beside before and after. */
    record Place(String path, @Nullable String target) {

        // Our own ids stay, as they do in closed statements.
        Place without(Set<String> names) {
            String left = path + "/";
            String kept = target;
            for (String name : names) {
                if (!CustomerId.isOne(name)) {
                    left = left.replace("/" + name + "/", "/" + GONE + "/");
                    kept = name.equals(kept) ? null : kept;
                }
            }
            return new Place(left.substring(0, left.length() - 1), kept);
        }
    }

    private static List<Long> byPlace(Handle handle, Environment environment, String name) {
        return handle.createQuery("""
                        SELECT number FROM audit_log WHERE environment = :environment
                            AND (target = :name OR replace(path || '/', :part, '') <> path || '/')
                        """)
                .bind("environment", environment.text())
                .bind("name", name)
                .bind("part", "/" + name + "/")
                .mapTo(Long.class)
                .list();
    }

    // Unlike LIKE it knows no wildcards and tells upper from lower case, on SQLite and PostgreSQL alike.
    private static List<Long> byText(Handle handle, Environment environment, String part) {
        return handle.createQuery("""
                        SELECT number FROM audit_log WHERE environment = :environment
                            AND (replace(before_text, :part, '') <> before_text OR replace(after_text, :part, '') <> after_text)
                        """)
                .bind("environment", environment.text())
                .bind("part", part)
                .mapTo(Long.class)
                .list();
    }

    private static Set<String> parts(String name) {
        if (CustomerId.isOne(name)) {
            return Set.of(name);
        }
        Set<String> parts = new LinkedHashSet<>();
        String quoted = JSON.writeValueAsString(name);
        for (String field : FIELDS) {
            parts.add(field + quoted);
            // In JSON that is kept as a text in JSON.
            String inText = JSON.writeValueAsString(field + quoted);
            parts.add(inText.substring(1, inText.length() - 1));
        }
        return parts;
    }
}
