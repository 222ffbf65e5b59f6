package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.customer.CustomerDirectory;
import io.meterline.file.Exports;
import io.meterline.file.FileType;
import io.meterline.http.Call;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.meter.Aggregators;
import io.meterline.meter.GroupPage;
import io.meterline.meter.UsageAnswer;
import io.meterline.meter.UsageService;
import io.meterline.meter.UsageTerms;
import io.meterline.store.EventScan;
import java.io.IOException;
import java.io.OutputStream;

/** Files of events and of usage going out: {@code /v1/exports}. */
public final class ExportRoutes implements Routes.Source {

    private static final String FORMAT = "format";
    private static final GroupPage ALL_GROUPS = new GroupPage(Integer.MAX_VALUE, 0, null);

    private final Exports exports;
    private final CustomerDirectory customers;
    private final Aggregators aggregators;
    private final UsageService usage;

    public ExportRoutes(Exports exports, CustomerDirectory customers, Aggregators aggregators, UsageService usage) {
        this.exports = exports;
        this.customers = customers;
        this.aggregators = aggregators;
        this.usage = usage;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("exports");
        routes.get("/v1/exports/events", Scope.READ, this::events).takes(FORMAT).takes(EventQueries.SCAN_PARAMETERS);
        routes.get("/v1/exports/usage", Scope.READ, this::usage)
                .takes(FORMAT, "aggregator_id", "customer_id")
                .takes(UsageRoutes.TERMS);
    }

    private Reply events(Call call) throws IOException {
        FileType type = type(call.query());
        EventScan scan = EventQueries.scan(call.query(), call.environment(), customers);
        Exports.Export export = exports.events(call.environment(), scan, type);
        return file("events", type, new Sending(export));
    }

    private record Sending(Exports.Export export) implements Reply.Writer {

        @Override
        public void write(OutputStream out) throws IOException {
            try (export) {
                export.sendTo(out);
            }
        }

        @Override
        public void skip() throws IOException {
            export.close();
        }
    }

    private Reply usage(Call call) {
        Query query = call.query();
        FileType type = type(query);
        UsageTerms terms = UsageRoutes.terms(query, query.text("customer_id").orElse(null));
        UsageAnswer answer = usage.usage(
                call.environment(),
                aggregators.get(call.environment(), query.required("aggregator_id")),
                terms,
                ALL_GROUPS);
        return file("usage", type, out -> exports.usage(answer, terms.groupBy(), type, out));
    }

    private static FileType type(Query query) {
        return query.oneOf(FORMAT, FileType.class).orElse(FileType.CSV);
    }

    private static Reply file(String name, FileType type, Reply.Writer writer) {
        String mediaType = switch (type) {
            case CSV -> "text/csv";
            case NDJSON -> "application/x-ndjson";
            case PARQUET -> "application/vnd.apache.parquet";
        };
        return Reply.stream(mediaType, writer)
                .header("Content-Disposition", "attachment; filename=\"" + name + "." + type.text() + "\"");
    }
}
