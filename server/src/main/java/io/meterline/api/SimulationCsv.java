package io.meterline.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.meterline.billing.simulation.AmountsReader;
import io.meterline.billing.simulation.CustomerAmounts;
import io.meterline.billing.simulation.CustomerAmounts.PeriodAmounts;
import io.meterline.event.Decimals;
import io.meterline.event.Timestamps;
import io.meterline.file.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simulation as CSV: a row for each customer (or subscription) and period, a column for each scenario. */
final class SimulationCsv {

    private static final List<String> COLUMNS = List.of(
            "customer_id", "external_customer_id", "subscription_id", "from", "to", "quantity", "events", "currency");

    private SimulationCsv() {}

    /** Writes all there is and closes the reader. */
    static void write(AmountsReader amounts, OutputStream out) throws IOException {
        try (amounts) {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            List<String> columns = new ArrayList<>(COLUMNS);
            columns.add("baseline");
            amounts.simulation()
                    .request()
                    .candidates()
                    .forEach(candidate -> columns.add(SpreadsheetText.of(candidate.name())));
            csv.writeRecord(columns);
            String currency = amounts.simulation().currency().getCurrencyCode();
            for (List<CustomerAmounts> some = amounts.next(); !some.isEmpty(); some = amounts.next()) {
                for (CustomerAmounts customer : some) {
                    customer.periods().forEach(period -> csv.writeRecord(row(customer, period, currency)));
                }
            }
            csv.flush();
        }
    }

    private static List<String> row(CustomerAmounts customer, PeriodAmounts period, String currency) {
        List<String> row = new ArrayList<>(List.of(
                customer.customerId(),
                SpreadsheetText.of(orEmpty(customer.externalCustomerId())),
                orEmpty(customer.subscriptionId()),
                Timestamps.text(period.period().fromMicros()),
                Timestamps.text(period.period().toMicros()),
                Decimals.text(period.quantity()),
                Long.toString(period.events()),
                currency));
        period.amounts().stream().map(BigDecimal::toPlainString).forEach(row::add);
        return row;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
