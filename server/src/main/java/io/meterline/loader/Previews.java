package io.meterline.loader;

import io.meterline.event.Environment;
import io.meterline.event.PropertyValue;
import io.meterline.event.RuleException;
import io.meterline.ingest.TimestampRules;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.source.BadCellException;
import io.meterline.loader.source.Bindings;
import io.meterline.loader.source.ReadLimits;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SourceException;
import io.meterline.loader.source.SourceMoment;
import io.meterline.loader.source.SourceSession;
import io.meterline.loader.source.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the beginning of a query and says whether a loader could use it, before there is one. */
public final class Previews {

    private static final int SHOWN_ROWS = 5;
    private static final int SAMPLE_ROWS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Connections connections;
    private final Loaders loaders;
    private final LoadTools tools;

    public Previews(Connections connections, Loaders loaders, LoadTools tools) {
        this.connections = connections;
        this.loaders = loaders;
        this.tools = tools;
    }

    /**
     * Reads a sample of at most 100 rows and shows the first 5.
     *
     * <p>Throws {@link RuleException}: {@code connection_not_found}, those of {@link SqlText#parse}, {@code
     * cursor_required}, {@code cursor_unused}, and {@code UNPROCESSABLE} with the code of {@link SourceException} when the
     * source refuses the query, or of the cursor's column.
     *
     * @param cursor begins with its initial value
     * @param eventType whose other loaders to warn of, null when it is not known yet
     */
    public Preview preview(
            Environment environment,
            String connectionId,
            String query,
            @Nullable CursorRule cursor,
            @Nullable String eventType) {
        SourceAddress address = connections.get(environment, connectionId).address();
        SqlText sql = SqlText.parse(query, address.provider().rules());
        LoaderDraft.checkCursor(sql, cursor);
        Instant started = tools.clock().instant();
        ReadLimits limits = new ReadLimits(SAMPLE_ROWS, TIMEOUT);
        try (SourceSession session = tools.sources().of(address.provider()).open(address, limits)) {
            RowStream rows = session.read(sql, bindings(session, sql, cursor));
            List<Check> checks = new ArrayList<>(ColumnChecks.of(rows.columns(), ExcessProperties.FAIL));
            List<List<PropertyValue>> shown = new ArrayList<>();
            if (checks.stream().allMatch(Check::ok)) {
                checks = read(environment, rows, checks, shown);
            } else {
                while (shown.size() < SHOWN_ROWS && rows.next()) {
                    shown.add(cells(rows));
                }
            }
            checks.add(RelativeTime.check(sql));
            if (eventType != null) {
                checks.add(shared(environment, eventType));
            }
            long took = Duration.between(started, tools.clock().instant()).toMillis();
            return new Preview(checks, rows.columns(), shown, took);
        } catch (SourceException e) {
            throw Connections.unprocessable(e);
        } catch (LoadException e) {
            throw new RuleException(
                    RuleException.Kind.UNPROCESSABLE,
                    e.error().code(),
                    e.error().message());
        }
    }

    private static Bindings bindings(SourceSession session, SqlText query, @Nullable CursorRule cursor) {
        SourceMoment moment = session.moment();
        return cursor == null
                ? Bindings.at(moment)
                : new CursorRun(cursor, CursorState.NONE, true, moment, session.columns(query)).bindings();
    }

    private List<Check> read(
            Environment environment, RowStream rows, List<Check> columnChecks, List<List<PropertyValue>> shown) {
        TimestampRules timestamps = new TimestampRules(
                tools.clock().instant(), tools.futureTolerance().apply(environment));
        SampleChecks sample = new SampleChecks(rows, timestamps);
        while (rows.next()) {
            if (shown.size() < SHOWN_ROWS) {
                shown.add(cells(rows));
            }
            sample.look();
        }
        return sample.checks(columnChecks);
    }

    private static List<PropertyValue> cells(RowStream rows) {
        List<PropertyValue> cells = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            cells.add(cell(rows, i));
        }
        return cells;
    }

    private static PropertyValue cell(RowStream rows, int column) {
        try {
            return rows.value(column);
        } catch (BadCellException e) {
            return new PropertyValue.Text(String.valueOf(rows.text(column)));
        }
    }

    private Check shared(Environment environment, String eventType) {
        List<String> others = loaders.namesOfType(environment, eventType);
        if (others.isEmpty()) {
            return Check.passed("event_type", "No other data loader pulls events of this type.");
        }
        return Check.failed(
                "event_type",
                "Events of this type are pulled already by: " + String.join(", ", others) + ".",
                "Rows of the same id and customer replace each other. Use another event type, unless that is meant.");
    }
}
