package io.meterline.customer;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Merges in the control database. A merge is a pointer that can be taken back; where a chain of them ends is written to
 * every customer of the chain, so that no lookup has to follow it.
 */
final class CustomerMerges {
    private CustomerMerges() {}

    static void merge(Handle handle, Environment environment, String from, String into, long now) {
        CustomerRows.Row source =
                CustomerRows.own(handle, environment, from).orElseThrow(() -> CustomerRules.notFound(from));
        CustomerRows.Row target =
                CustomerRows.own(handle, environment, into).orElseThrow(() -> CustomerRules.notFound(into));
        if (source.number() == target.number()) {
            throw refused("merge_with_itself", "A customer cannot be merged into itself.");
        }
        if (source.mergedInto() != null && source.mergedInto() == target.number()) {
            return;
        }
        if (source.mergedInto() != null) {
            throw refused(
                    "already_merged",
                    "%s is merged into %s already. Undo that merge first."
                            .formatted(
                                    source.customer().id(),
                                    CustomerRows.byNumber(handle, source.mergedInto())
                                            .customer()
                                            .id()));
        }
        if (target.canonical() == source.number()) {
            throw refused(
                    "merge_cycle",
                    "%s is merged into %s, so the opposite cannot be. Undo that merge first."
                            .formatted(target.customer().id(), source.customer().id()));
        }
        handle.execute(
                "UPDATE customers SET merged_into = ?, merged_at = ?, canonical = ? WHERE number = ?",
                target.number(),
                now,
                target.canonical(),
                source.number());
        handle.execute("UPDATE customers SET canonical = ? WHERE canonical = ?", target.canonical(), source.number());
    }

    /** The customer stands alone again, with those that were merged into it. */
    static void undo(Handle handle, CustomerRows.Row merged) {
        if (merged.mergedInto() == null) {
            throw refused(
                    "not_merged",
                    "%s is not merged.".formatted(merged.customer().id()));
        }
        handle.execute(
                "UPDATE customers SET merged_into = NULL, merged_at = NULL, canonical = NULL WHERE number = ?",
                merged.number());
        handle.createUpdate("""
                        WITH RECURSIVE below (number) AS (
                            SELECT number FROM customers WHERE merged_into = :root
                            UNION ALL
                            SELECT c.number FROM customers c JOIN below b ON c.merged_into = b.number)
                        UPDATE customers SET canonical = :root WHERE number IN (SELECT number FROM below)
                        """).bind("root", merged.number()).execute();
    }

    static List<CustomerAlias> aliases(Handle handle, CustomerRows.Row customer) {
        List<CustomerAlias> aliases = new ArrayList<>();
        String current = customer.customer().externalId();
        for (Map.Entry<String, Long> own :
                CustomerRows.externalIds(handle, customer.number()).entrySet()) {
            if (!own.getKey().equals(current)) {
                aliases.add(new CustomerAlias(own.getKey(), null, own.getValue()));
            }
        }
        for (CustomerRows.Row merged : CustomerRows.mergedInto(handle, customer.number())) {
            String id = merged.customer().id();
            long since = mergedAt(handle, merged.number());
            aliases.add(new CustomerAlias(id, id, since));
            for (String text : CustomerRows.externalIds(handle, merged.number()).keySet()) {
                aliases.add(new CustomerAlias(text, id, since));
            }
        }
        return aliases;
    }

    private static long mergedAt(Handle handle, long number) {
        return handle.createQuery("SELECT merged_at FROM customers WHERE number = :number")
                .bind("number", number)
                .mapTo(Long.class)
                .one();
    }

    private static RuleException refused(String code, String message) {
        return new RuleException(RuleException.Kind.CONFLICT, code, message);
    }
}
