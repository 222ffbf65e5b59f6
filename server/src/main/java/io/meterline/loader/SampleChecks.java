package io.meterline.loader;

import io.meterline.event.PropertyValue;
import io.meterline.ingest.ExcessDigits;
import io.meterline.ingest.NumberRules;
import io.meterline.ingest.TimestampRules;
import io.meterline.ingest.personal.PersonalData;
import io.meterline.ingest.personal.PersonalKind;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.source.RowStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that need rows: whether their values can be used, and whether ids come once. */
final class SampleChecks {

    private static final List<String> REQUIRED = List.of(ResultShape.ID, ResultShape.CUSTOMER, ResultShape.TIMESTAMP);

    private final RowReader reader;
    private final Map<String, BadRowException> firstFault = new LinkedHashMap<>();
    private final Map<String, Integer> faults = new HashMap<>();
    private final Map<String, String> customerOfId = new HashMap<>();
    private final Map<String, PersonalKind> personal = new LinkedHashMap<>();
    private @Nullable String repeatedId;
    private boolean underAnotherCustomer;
    private int rows;

    SampleChecks(RowStream stream, TimestampRules timestamps) {
        ResultShape shape = ResultShape.of(stream.columns(), ExcessProperties.FAIL);
        this.reader = new RowReader(stream, shape, new NumberRules(ExcessDigits.ROUND), timestamps);
    }

    /** Looks at the row that the stream stands on. */
    void look() {
        rows++;
        try {
            PulledRow row = reader.read();
            lookForPersonalData(row);
            String before = customerOfId.putIfAbsent(row.id(), row.customer());
            if (before != null && repeatedId == null) {
                repeatedId = row.id();
                underAnotherCustomer = !before.equals(row.customer());
            }
        } catch (BadRowException e) {
            firstFault.putIfAbsent(e.path(), e);
            faults.merge(e.path(), 1, Integer::sum);
        }
    }

    private void lookForPersonalData(PulledRow row) {
        look(ResultShape.ID, new PropertyValue.Text(row.id()));
        row.properties().forEach(property -> look(property.name(), property.value()));
    }

    private void look(String property, PropertyValue value) {
        PersonalData.in(property, value).ifPresent(kind -> personal.putIfAbsent(property, kind));
    }

    /** The checks of the columns, those of required ones replaced by what their values showed, and three more. */
    List<Check> checks(List<Check> columnChecks) {
        List<Check> checks = new ArrayList<>();
        for (Check check : columnChecks) {
            BadRowException fault = REQUIRED.contains(check.name()) ? firstFault.get(check.name()) : null;
            checks.add(fault == null ? check : failed(check.name(), fault));
        }
        checks.add(values());
        checks.add(unique());
        checks.add(personalData());
        return checks;
    }

    private Check values() {
        for (Map.Entry<String, BadRowException> fault : firstFault.entrySet()) {
            if (!REQUIRED.contains(fault.getKey())) {
                return failed("values", fault.getValue());
            }
        }
        return Check.passed(
                "values", rows == 0 ? "The query returned no rows to look at." : "Properties can hold all values.");
    }

    private Check failed(String name, BadRowException fault) {
        return Check.failed(
                name,
                faults.get(fault.path()) + " of the first " + rows + " rows would be set aside: column " + fault.path()
                        + ", " + fault.code() + ".",
                fault.sentence());
    }

    private Check unique() {
        if (repeatedId == null) {
            return Check.passed("unique_id", "Every id of the first " + rows + " rows comes once.");
        }
        if (underAnotherCustomer) {
            return Check.failed(
                    "unique_id",
                    "The id " + repeatedId + " comes with more than one customer.",
                    "Each customer gets a record of its own. Set identity to id if a row is to move instead.");
        }
        return Check.failed(
                "unique_id",
                "The id " + repeatedId + " comes more than once.",
                "Only the last row of an id is kept. Return a column that is different in every row as id.");
    }

    private Check personalData() {
        if (personal.isEmpty()) {
            return Check.passed("personal_data", "No value looks like the personal data of someone.");
        }
        return Check.failed(
                "personal_data",
                personal.entrySet().stream()
                                .map(found -> found.getKey() + " looks like "
                                        + found.getValue().words())
                                .collect(Collectors.joining(", "))
                        + ".",
                "Usage is counted as well without it: leave the column out, or mask it so that John becomes J***.");
    }
}
