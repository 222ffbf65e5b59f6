package io.meterline.file;

import io.meterline.event.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A column of a CSV or Parquet file and the part of an event that it holds.
 *
 * @param header as it stands in the file
 * @param property the name of the property; empty for the other roles
 */
record FileColumn(String header, Role role, String property) {

    static final String RECORD = "record/";
    static final String RECORD_JSON = "record.json/";
    static final String ID = RECORD + Property.ID;

    private static final List<String> REQUIRED = List.of("timestamp", "event_type", "customer_id", ID);

    /** What a column is for. */
    enum Role {
        TIMESTAMP,
        EVENT_TYPE,
        CUSTOMER_ID,
        /** A property, by the typing rule of the file. */
        PROPERTY,
        /** A property as JSON: how arrays are written. */
        JSON_PROPERTY;

        /** Digits in such a column are text, as an id of a customer may be. */
        boolean isAlwaysText() {
            return this == EVENT_TYPE || this == CUSTOMER_ID;
        }
    }

    /** The columns of a file by its header. Throws {@link FileException}. */
    static List<FileColumn> of(List<String> headers) {
        List<FileColumn> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String header : headers) {
            if (!seen.add(header)) {
                throw new FileException("duplicate_column", "The column " + shown(header) + " stands twice.");
            }
            columns.add(of(header));
        }
        for (String required : REQUIRED) {
            if (!seen.contains(required)) {
                throw new FileException(
                        "missing_column",
                        "The column " + required + " is missing. The first line names the columns: timestamp,"
                                + " event_type, customer_id, record/id and record/<property>, separated by commas.");
            }
        }
        return columns;
    }

    private static FileColumn of(String header) {
        if (header.startsWith(RECORD_JSON)) {
            return new FileColumn(header, Role.JSON_PROPERTY, header.substring(RECORD_JSON.length()));
        }
        if (header.startsWith(RECORD)) {
            return new FileColumn(header, Role.PROPERTY, header.substring(RECORD.length()));
        }
        Role role = switch (header) {
            case "timestamp" -> Role.TIMESTAMP;
            case "event_type" -> Role.EVENT_TYPE;
            case "customer_id" -> Role.CUSTOMER_ID;
            default -> throw new FileException("unknown_column", unknown(header));
        };
        return new FileColumn(header, role, "");
    }

    private static String unknown(String header) {
        String hint = header.indexOf(';') >= 0 || header.indexOf('\t') >= 0
                ? "Separate columns by commas."
                : "Name a property record/<property>, or leave the column out.";
        return "There is no column " + shown(header) + " in an event. " + hint;
    }

    private static String shown(String header) {
        return "\"" + (header.length() > 100 ? header.substring(0, 100) + "…" : header) + "\"";
    }

    /** Where an error in this column lies in the event. */
    String path() {
        return switch (role) {
            case PROPERTY, JSON_PROPERTY -> "record." + property;
            case TIMESTAMP, EVENT_TYPE, CUSTOMER_ID -> header;
        };
    }
}
