package io.meterline.loader;

import io.meterline.ingest.RecordRules;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.source.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Which column of a result is what.
 *
 * @param customerName -1 when there is none
 * @param properties every other column, as far as a record can hold them
 */
record ResultShape(int id, int customer, int timestamp, int customerName, List<Named> properties) {

    static final String ID = "id";
    static final String CUSTOMER = "customerId";
    static final String TIMESTAMP = "timestamp";
    static final String CUSTOMER_NAME = "customerName";

    /** A property and the column that it comes from. */
    record Named(String name, int column) {}

    ResultShape {
        properties = List.copyOf(properties);
    }

    /** Throws {@link LoadException} when the columns do not pass {@link ColumnChecks}. */
    static ResultShape of(List<Column> columns, ExcessProperties excess) {
        for (Check check : ColumnChecks.of(columns, excess)) {
            if (!check.ok()) {
                String hint = check.hint() == null ? "" : " " + check.hint();
                throw new LoadException("invalid_columns", check.message() + hint);
            }
        }
        List<Named> properties = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (isProperty(name) && properties.size() < RecordRules.MAX_PROPERTIES - 1) {
                properties.add(new Named(name, i));
            }
        }
        return new ResultShape(
                position(columns, ID),
                position(columns, CUSTOMER),
                position(columns, TIMESTAMP),
                position(columns, CUSTOMER_NAME),
                properties);
    }

    static boolean isProperty(String column) {
        return !column.equals(ID)
                && !column.equals(CUSTOMER)
                && !column.equals(TIMESTAMP)
                && !column.equals(CUSTOMER_NAME);
    }

    static int position(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
