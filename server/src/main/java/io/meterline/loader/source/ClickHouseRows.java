package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The rows of an answer in the format JSONCompact: {@code {"meta": […], "data": [[…], …], …}}.
 *
 * <p>A server that fails halfway has sent its status already, and writes the reason into the middle of the rows.
 */
final class ClickHouseRows implements RowStream {

    private static final JsonFactory JSON = new JsonFactory();

    private final Tail body;
    private final JsonParser parser;
    private final ZoneId zone;
    private final long most;
    private final Function<IOException, SourceException> failure;
    private final List<Column> columns = new ArrayList<>();
    private final List<ClickHouseType> types = new ArrayList<>();
    private @Nullable Object[] cells = {};
    private long read;
    private boolean ended;

    /**
     * @param zone of times whose type has none
     * @param most rows after which to stop, 0 for none
     */
    ClickHouseRows(InputStream body, ZoneId zone, long most, Function<IOException, SourceException> failure) {
        this.body = new Tail(body);
        this.parser = JSON.createParser(ObjectReadContext.empty(), this.body);
        this.zone = zone;
        this.most = most;
        this.failure = failure;
        guarded(() -> {
            while (parser.nextToken() != null && !"data".equals(parser.currentName())) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME
                        && parser.getString().equals("meta")) {
                    meta();
                }
            }
            return parser.nextToken();
        });
        cells = new @Nullable Object[columns.size()];
    }

    private void meta() {
        String name = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
                boolean isName = parser.getString().equals("name");
                parser.nextToken();
                if (isName) {
                    name = parser.getString();
                } else {
                    ClickHouseType type = ClickHouseType.of(parser.getString());
                    types.add(type);
                    columns.add(new Column(name, type.name(), type.kind(), type.valueType()));
                }
            }
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        Arrays.fill(cells, null);
        ended = ended || (most > 0 && read == most) || !guarded(this::row);
        read++;
        return !ended;
    }

    private boolean row() {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            end();
            return false;
        }
        for (int i = 0; i < cells.length; i++) {
            parser.nextToken();
            cells[i] = readable(types.get(i));
        }
        parser.nextToken();
        return true;
    }

    // Today's servers end a broken answer as valid JSON, with the reason in a field behind the rows.
    private void end() {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.PROPERTY_NAME
                    && parser.getString().equals("exception")) {
                parser.nextToken();
                throw failure.apply(ClickHouseException.of(parser.getString()));
            }
        }
    }

    private @Nullable Object readable(ClickHouseType type) {
        try {
            return cell(type);
        } catch (BadCellException e) {
            return new Cells.Unreadable(e, e.sentence());
        }
    }

    // Always takes the whole value, also one that no property can hold.
    private @Nullable Object cell(ClickHouseType type) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_ARRAY -> type.kind() == Column.Kind.ARRAY ? array(type) : skipped("nested_json", "tuple");
            case START_OBJECT -> skipped("nested_json", "map");
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> scalar(parser.getString(), type);
        };
    }

    private Object array(ClickHouseType type) {
        List<@Nullable Object> elements = new ArrayList<>();
        BadCellException refused = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_ARRAY || parser.currentToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
                refused = new BadCellException(
                        "nested_array", "A property can hold a flat array only. Use arrayJoin or arrayStringConcat.");
            } else {
                elements.add(cell(type.element()));
            }
        }
        if (refused != null) {
            throw refused;
        }
        return elements;
    }

    private Object skipped(String code, String what) {
        parser.skipChildren();
        throw new BadCellException(
                code, "A property cannot hold a " + what + ". Pick its parts as columns of their own.");
    }

    private Object scalar(String text, ClickHouseType type) {
        return switch (type.kind()) {
            case NUMBER -> number(text);
            case TIME -> time(text, type);
            case TEXT, BOOLEAN, ARRAY, JSON, BINARY -> text;
        };
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new BadCellException(
                    "not_a_number", text + " is no number that can be counted. Filter such rows out.");
        }
    }

    // 2026-01-05 or 2026-01-05 21:56:52.5, or the latter with T and Z.
    private Object time(String text, ClickHouseType type) {
        try {
            if (type.isDate()) {
                return LocalDate.parse(text);
            }
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            String own = type.zone();
            ZoneId in = own == null ? zone : ZoneId.of(own);
            return LocalDateTime.parse(text.replace(' ', 'T')).atZone(in).toInstant();
        } catch (DateTimeException e) {
            throw new BadCellException("invalid_timestamp", text + " is no time of the calendar. Filter it out.");
        }
    }

    private <T> T guarded(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (JacksonException e) {
            ended = true;
            ClickHouseException said = ClickHouseException.of(body.last());
            throw failure.apply(said.code() > 0 ? said : new IOException(e));
        }
    }

    @Override
    public boolean isNull(int column) {
        return cells[column] == null;
    }

    @Override
    public PropertyValue value(int column) {
        return Cells.value(cells[column]);
    }

    @Override
    public long micros(int column) {
        return Cells.micros(cells[column]);
    }

    @Override
    public @Nullable String text(int column) {
        return Cells.text(cells[column]);
    }

    @Override
    public int bytes() {
        long bytes = Arrays.stream(cells).mapToLong(Cells::bytes).sum();
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Remembers what was read last. */
    private static final class Tail extends FilterInputStream {

        private static final int KEPT = 8_192;

        private byte[] last = {};

        Tail(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = in.read(bytes, from, length);
            if (count > 0) {
                last = Arrays.copyOfRange(bytes, from + Math.max(0, count - KEPT), from + count);
            }
            return count;
        }

        /** With what is still to come, as far as it is short. */
        String last() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(last);
            try {
                all.writeBytes(in.readNBytes(KEPT));
            } catch (IOException e) {
                // What was read is all there is.
                return all.toString(StandardCharsets.UTF_8);
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
