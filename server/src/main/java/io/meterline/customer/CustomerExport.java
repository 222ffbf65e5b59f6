package io.meterline.customer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the control database keeps about one customer. */
final class CustomerExport {
    private CustomerExport() {}

    static List<ObjectNode> lines(Handle handle, CustomerRows.Row row) {
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(line("customer", CustomerJson.of(row.customer())));
        for (CustomerRows.Row merged : CustomerRows.mergedInto(handle, row.number())) {
            lines.add(line("merged_customer", CustomerJson.of(merged.customer())));
        }
        for (CustomerAlias alias : CustomerMerges.aliases(handle, row)) {
            lines.add(line("alias", CustomerJson.of(alias)));
        }
        return lines;
    }

    static Customers.Names names(Handle handle, CustomerRows.Row row) {
        List<CustomerRows.Row> all = new ArrayList<>(CustomerRows.mergedInto(handle, row.number()));
        all.add(row);
        Set<Long> numbers = new LinkedHashSet<>();
        Set<String> texts = new LinkedHashSet<>();
        for (CustomerRows.Row one : all) {
            numbers.add(one.number());
            texts.add(one.customer().id());
            texts.addAll(CustomerRows.externalIds(handle, one.number()).keySet());
        }
        return new Customers.Names(numbers, texts);
    }

    private static ObjectNode line(String type, ObjectNode fields) {
        ObjectNode line = CustomerJson.empty().put("type", type);
        line.set(type, fields);
        return line;
    }
}
