package io.meterline.loader;

import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.ingest.InvalidEventException;
import io.meterline.ingest.NumberRules;
import io.meterline.ingest.RecordRules;
import io.meterline.ingest.TimestampRules;
import io.meterline.loader.source.BadCellException;
import io.meterline.loader.source.Column;
import io.meterline.loader.source.RowStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the current row of a stream as a record, by the rules that pushed events follow too. */
final class RowReader {

    private static final int MAX_NAME_LENGTH = 255;

    private final RowStream rows;
    private final ResultShape shape;
    private final NumberRules numbers;
    private final TimestampRules timestamps;
    private final boolean timestampIsTime;
    private final ResultShape.Named[] properties;

    RowReader(RowStream rows, ResultShape shape, NumberRules numbers, TimestampRules timestamps) {
        this.rows = rows;
        this.shape = shape;
        this.numbers = numbers;
        this.timestamps = timestamps;
        this.timestampIsTime = rows.columns().get(shape.timestamp()).kind() == Column.Kind.TIME;
        this.properties = shape.properties().toArray(ResultShape.Named[]::new);
    }

    /** Throws {@link BadRowException}. */
    PulledRow read() {
        String at = ResultShape.ID;
        try {
            PropertyValue id = present(shape.id(), at);
            String recordId = RecordRules.recordId(word(id, "invalid_record_id", at));
            at = ResultShape.CUSTOMER;
            String customer = RecordRules.customerId(word(present(shape.customer(), at), "invalid_customer_id", at));
            at = ResultShape.TIMESTAMP;
            long micros = timestamp();
            at = ResultShape.CUSTOMER_NAME;
            String customerName = shape.customerName() < 0 ? null : rows.text(shape.customerName());
            RecordRules.size(rows.bytes());
            Property[] values = new Property[properties.length];
            for (int i = 0; i < values.length; i++) {
                at = properties[i].name();
                values[i] = new Property(at, checked(rows.value(properties[i].column())));
            }
            return new PulledRow(
                    recordId,
                    id instanceof PropertyValue.Number,
                    customer,
                    name(customerName),
                    micros,
                    List.of(values));
        } catch (InvalidEventException e) {
            throw new BadRowException(e.error().code().text(), at, e.error().message());
        } catch (BadCellException e) {
            throw new BadRowException(e.code(), at, e.sentence());
        }
    }

    private PropertyValue present(int column, String name) {
        if (rows.isNull(column)) {
            throw new BadRowException("missing_field", name, "The row has no " + name + ".");
        }
        return rows.value(column);
    }

    private static String word(PropertyValue value, String code, String name) {
        return switch (value) {
            case PropertyValue.Text text -> text.value();
            case PropertyValue.Number number
            when number.value().scale() == 0 -> number.value().toPlainString();
            case PropertyValue.Number _, PropertyValue.Bool _, PropertyValue.Null _, PropertyValue.Array _ ->
                throw new BadRowException(code, name, name + " must be text or an integer.");
        };
    }

    private long timestamp() {
        if (timestampIsTime && !rows.isNull(shape.timestamp())) {
            return timestamps.check(rows.micros(shape.timestamp()));
        }
        return switch (present(shape.timestamp(), ResultShape.TIMESTAMP)) {
            case PropertyValue.Text text -> timestamps.parse(text.value());
            case PropertyValue.Number number -> timestamps.ofMillis(numbers.check(number.value()));
            case PropertyValue.Bool _, PropertyValue.Null _, PropertyValue.Array _ ->
                throw new BadRowException(
                        "invalid_timestamp",
                        ResultShape.TIMESTAMP,
                        "timestamp must be a time, ISO 8601 text or epoch milliseconds.");
        };
    }

    private static @Nullable String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
    }

    private PropertyValue checked(PropertyValue value) {
        return value instanceof PropertyValue.Array array ? elements(array) : scalar(value);
    }

    private PropertyValue elements(PropertyValue.Array array) {
        List<PropertyValue.Scalar> checked = new ArrayList<>(array.elements().size());
        for (PropertyValue.Scalar element : array.elements()) {
            checked.add((PropertyValue.Scalar) scalar(element));
        }
        return new PropertyValue.Array(checked);
    }

    private PropertyValue scalar(PropertyValue value) {
        if (value instanceof PropertyValue.Text text) {
            RecordRules.text(text.value());
        } else if (value instanceof PropertyValue.Number number) {
            BigDecimal fitting = numbers.check(number.value());
            return fitting.compareTo(number.value()) == 0 ? value : new PropertyValue.Number(fitting);
        }
        return value;
    }
}
