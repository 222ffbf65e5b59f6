package io.meterline.loader.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with ClickHouse, which has no transactions: one request for each question. */
final class ClickHouseSession implements SourceSession {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseSession.class);
    private static final long MICROS_PER_SECOND = 1_000_000;

    // From here on times can be asked for in UTC, and a query ends with its connection.
    private static final int ISO_TIMES_SINCE = 21;
    private static final int READ_ONLY = 164;

    private final ClickHouseHttp http;
    private final ReadLimits limits;
    private final String queryId = UUID.randomUUID().toString();
    private final Map<String, String> settings;
    private final ZoneId zone;
    private final String version;
    private volatile @Nullable InputStream body;
    private volatile boolean cancelled;
    private volatile boolean timedOut;
    private @Nullable Future<?> deadline;

    private ClickHouseSession(
            ClickHouseHttp http, ReadLimits limits, Map<String, String> settings, ZoneId zone, String version) {
        this.http = http;
        this.limits = limits;
        this.settings = settings;
        this.zone = zone;
        this.version = version;
    }

    /** Throws {@code IOException} when the server cannot be reached or refuses the user. */
    static ClickHouseSession begin(ClickHouseHttp http, ReadLimits limits) throws IOException {
        ClickHouseRows about = rows(http.post("SELECT version(), timezone()", Map.of()), ZoneId.of("UTC"));
        about.next();
        String version = String.valueOf(about.text(0));
        ZoneId zone = ZoneId.of(String.valueOf(about.text(1)));
        Map<String, String> settings = settings(Integer.parseInt(version.split("\\.", 2)[0]), limits);
        try {
            http.post("SELECT 1", settings).close();
        } catch (ClickHouseException e) {
            // A user whose profile is read-only may change no setting, and needs none: our own limits remain.
            if (e.code() != READ_ONLY) {
                throw e;
            }
            settings = Map.of();
        }
        return new ClickHouseSession(http, limits, settings, zone, version);
    }

    /** Of the server, as it says it. */
    String version() {
        return version;
    }

    private static Map<String, String> settings(int version, ReadLimits limits) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("readonly", "2");
        settings.put(
                "max_execution_time",
                Long.toString(Math.max(1, limits.statementTimeout().toSeconds())));
        // Else NaN comes as null, and would count as nothing instead of being set aside.
        settings.put("output_format_json_quote_denormals", "1");
        if (version >= ISO_TIMES_SINCE) {
            settings.put("date_time_output_format", "iso");
            settings.put("cancel_http_readonly_queries_on_client_close", "1");
        }
        return settings;
    }

    @Override
    public SourceMoment moment() {
        try {
            ClickHouseRows now = rows(http.post("SELECT toUInt32(now())", settings), zone);
            now.next();
            return SourceMoment.at(Long.parseLong(String.valueOf(now.text(0))) * MICROS_PER_SECOND);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public List<Column> columns(SqlText query) {
        FilledQuery filled = query.fill(ClickHouseLiterals::unknown);
        try (InputStream answer = http.post("SELECT * FROM (\n" + filled.text() + "\n) LIMIT 0", settings)) {
            return rows(answer, zone).columns();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public RowStream read(SqlText query, Bindings bindings) {
        if (!JdbcDialect.READING_WORDS.contains(query.firstWord())) {
            throw new SourceException(
                    "query_writes", "A loader only reads. The query must begin with SELECT or WITH.", null);
        }
        FilledQuery filled = query.fill(placeholder -> ClickHouseLiterals.of(bindings.of(placeholder)));
        Map<String, String> named = new LinkedHashMap<>(settings);
        named.put("query_id", queryId);
        try {
            deadline = Deadlines.after(limits.statementTimeout(), this::expire);
            InputStream answer = http.post(filled.text(), named);
            body = answer;
            return new Stoppable(new ClickHouseRows(answer, zone, limits.rows(), this::failure));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static ClickHouseRows rows(InputStream answer, ZoneId zone) {
        return new ClickHouseRows(answer, zone, 0, ClickHouseErrors::ofQuery);
    }

    private SourceException failure(IOException e) {
        if (cancelled) {
            return new SourceException("cancelled", "The run was cancelled.", e);
        }
        if (timedOut) {
            return new SourceException(
                    "statement_timeout", "The query took longer than its time limit. Make it narrower.", e);
        }
        return ClickHouseErrors.ofQuery(e);
    }

    @Override
    public void cancel() {
        cancelled = true;
        stop();
    }

    private void expire() {
        timedOut = true;
        stop();
    }

    // A server that does not notice the end of a connection is told by name; its rights may not reach so far.
    private void stop() {
        try {
            http.post("KILL QUERY WHERE query_id = '" + queryId + "' ASYNC", Map.of())
                    .close();
        } catch (IOException e) {
            LOG.debug("a source did not take a cancellation: {}", e.getMessage());
        }
        http.close();
    }

    @Override
    public void close() {
        if (deadline != null) {
            deadline.cancel(false);
        }
        http.close();
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the connection to a source: {}", e.getMessage());
        }
    }

    /** Ends at a cancellation also where rows are still at hand. */
    private final class Stoppable extends ForwardingRows {

        Stoppable(RowStream inside) {
            super(inside);
        }

        @Override
        public boolean next() {
            if (cancelled || timedOut) {
                throw failure(new IOException("stopped"));
            }
            return super.next();
        }
    }
}
