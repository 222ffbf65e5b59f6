package io.meterline.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.meterline.event.Decimals;
import io.meterline.file.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement as CSV: a row for each line and each adjustment, whose amounts add up to the total. */
final class StatementCsv {

    private static final List<String> COLUMNS = List.of(
            "statement_id",
            "subscription_id",
            "customer_id",
            "external_customer_id",
            "period_from",
            "period_to",
            "status",
            "kind",
            "line",
            "product_id",
            "product_name",
            "filter",
            "quantity",
            "unit_name",
            "events",
            "excluded_events",
            "exact_amount",
            "amount",
            "currency",
            "adjusts_statement_id",
            "adjusts_from",
            "adjusts_to");

    private final StatementView statement;

    private StatementCsv(StatementView statement) {
        this.statement = statement;
    }

    static void write(StatementView statement, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().build(text);
        csv.writeRecord(COLUMNS);
        StatementCsv rows = new StatementCsv(statement);
        statement.lines().forEach(line -> csv.writeRecord(rows.line(line)));
        statement.adjustments().forEach(adjustment -> csv.writeRecord(rows.adjustment(adjustment)));
        csv.flush();
    }

    private List<String> line(StatementView.LineView line) {
        long excluded = line.excluded().stream().mapToLong(one -> one.events()).sum();
        return row(
                line.unpriced() ? "unpriced" : "line",
                line.line(),
                line.productId(),
                SpreadsheetText.of(line.productName()),
                line.filter() == null || line.filter().isNull()
                        ? ""
                        : line.filter().toString(),
                number(line.quantity()),
                text(line.unitName()),
                Long.toString(line.events()),
                Long.toString(excluded),
                number(line.exactAmount()),
                line.amount().toPlainString(),
                statement.currency(),
                "",
                "",
                "");
    }

    private List<String> adjustment(StatementView.AdjustmentView adjustment) {
        return row(
                "adjustment",
                adjustment.adjustment(),
                adjustment.productId(),
                SpreadsheetText.of(adjustment.productName()),
                "",
                "",
                "",
                "",
                "",
                "",
                adjustment.amount().toPlainString(),
                statement.currency(),
                adjustment.statementId(),
                adjustment.period().from().toString(),
                adjustment.period().to().toString());
    }

    private List<String> row(String kind, int number, String... rest) {
        return Stream.concat(
                        Stream.of(
                                statement.id(),
                                statement.subscriptionId(),
                                statement.customerId(),
                                text(statement.externalCustomerId()),
                                statement.period().from().toString(),
                                statement.period().to().toString(),
                                statement.status() == StatementView.Status.OPEN ? "open" : "closed",
                                kind,
                                Integer.toString(number)),
                        Stream.of(rest))
                .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : SpreadsheetText.of(text);
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "" : Decimals.text(number);
    }
}
