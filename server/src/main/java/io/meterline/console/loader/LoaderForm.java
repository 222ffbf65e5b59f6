package io.meterline.console.loader;

import io.meterline.console.ApiFault;
import io.meterline.console.ApiFault.Violation;
import io.meterline.console.Refused;
import io.meterline.console.price.Numbers;
import io.meterline.http.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data loader as it stands in a form.
 *
 * @param refresh a listed rate, or {@link RefreshText#CRON}
 * @param overlap empty for the usual one
 */
public record LoaderForm(
        String name,
        String connectionId,
        String eventType,
        String query,
        String refresh,
        String cron,
        boolean incremental,
        String cursorColumn,
        String initial,
        String overlap,
        String fullReload,
        String identity,
        String excessProperties,
        String excessDigits,
        String maxRows,
        String maxBytes) {

    private static final String STARTER = """
            -- Quotes keep the case of a name.
            SELECT id,
                   company_id AS "customerId",
                   created_at AS timestamp
            FROM api_calls
            """;

    static final LoaderForm BLANK = new LoaderForm(
            "",
            "",
            "",
            STARTER,
            RefreshText.USUAL,
            "",
            false,
            "",
            "",
            "",
            "never",
            "id_and_customer",
            "fail",
            "round",
            "",
            "");

    static LoaderForm of(Fields fields) {
        return new LoaderForm(
                fields.get("name"),
                fields.get("connection_id"),
                fields.get("event_type"),
                fields.raw("query").replace("\r\n", "\n"),
                fields.get("refresh"),
                fields.get("cron"),
                fields.isOn("incremental"),
                fields.get("cursor_column"),
                fields.get("cursor_initial"),
                fields.get("cursor_overlap"),
                fields.get("full_reload"),
                fields.get("identity"),
                fields.get("excess_properties"),
                fields.get("excess_digits"),
                fields.get("max_rows"),
                fields.get("max_bytes"));
    }

    static LoaderForm of(Loader loader) {
        boolean listed = RefreshText.isListed(loader.refresh());
        Loader.Cursor cursor = loader.cursor();
        return new LoaderForm(
                loader.name(),
                loader.connectionId(),
                loader.eventType(),
                loader.query(),
                listed ? loader.refresh() : RefreshText.CRON,
                listed ? "" : loader.refresh(),
                cursor != null,
                cursor == null ? "" : cursor.column(),
                cursor == null ? "" : orEmpty(cursor.initial()),
                cursor == null ? "" : orEmpty(cursor.overlap()),
                cursor == null ? "never" : cursor.fullReload(),
                loader.identity(),
                loader.excessProperties(),
                loader.excessDigits(),
                loader.maxRows() == null ? "" : loader.maxRows().toString(),
                loader.maxBytes() == null ? "" : loader.maxBytes().toString());
    }

    LoaderForm on(String connection) {
        return new LoaderForm(
                name,
                connection,
                eventType,
                query,
                refresh,
                cron,
                incremental,
                cursorColumn,
                initial,
                overlap,
                fullReload,
                identity,
                excessProperties,
                excessDigits,
                maxRows,
                maxBytes);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** As the API takes it. */
    String refreshText() {
        return refresh.equals(RefreshText.CRON) ? cron : refresh;
    }

    /** The body for the API. A loader without a name is called by its event type. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, "name", name.isEmpty() ? eventType : name);
        put(json, "connection_id", connectionId);
        put(json, "event_type", eventType);
        put(json, "query", query);
        put(json, "refresh", refreshText());
        if (incremental) {
            json.put("cursor", cursor());
        }
        put(json, "identity", identity);
        put(json, "excess_properties", excessProperties);
        put(json, "excess_digits", excessDigits);
        putNumber(json, "max_rows", maxRows);
        putNumber(json, "max_bytes", maxBytes);
        return json;
    }

    /** What a preview needs of it. */
    Map<String, Object> previewJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, "connection_id", connectionId);
        put(json, "query", query);
        if (incremental) {
            json.put("cursor", cursor());
        }
        return json;
    }

    private Map<String, Object> cursor() {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, "column", cursorColumn);
        put(json, "initial", initial);
        put(json, "overlap", overlap);
        put(json, "full_reload", fullReload);
        return json;
    }

    private static void put(Map<String, Object> json, String name, String value) {
        if (!value.isBlank()) {
            json.put(name, value);
        }
    }

    private static void putNumber(Map<String, Object> json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, number(value));
        }
    }

    // What is no number goes out as it is, and the API says what is wrong with it.
    private static Object number(String value) {
        try {
            return Numbers.typed(value).<Object>map(BigDecimal::longValueExact).orElse(value);
        } catch (ArithmeticException e) {
            return value;
        }
    }

    /** What was refused, at the field that it is about. */
    static Refused refused(ApiFault fault) {
        String field = field(fault.code());
        if (!fault.errors().isEmpty() || field == null) {
            return Refused.by(fault);
        }
        return new Refused(fault.detail(), List.of(new Violation(field, fault.code(), fault.detail())));
    }

    private static @Nullable String field(String code) {
        return switch (code) {
            case "invalid_name" -> "name";
            case "connection_not_found" -> "connection_id";
            case "invalid_event_type", "event_type_is_fixed" -> "event_type";
            case "invalid_refresh" -> "refresh";
            case "invalid_cursor", "cursor_required", "cursor_unused" -> "cursor";
            case "identity_is_fixed" -> "identity";
            case "limit_too_high" -> "max_rows";
            case "multiple_statements", "empty_query", "query_too_long", "unterminated_query" -> "query";
            default -> null;
        };
    }
}
