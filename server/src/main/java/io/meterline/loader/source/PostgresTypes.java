package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the types of PostgreSQL become. A type that is not named here is taken as the text that it prints. */
final class PostgresTypes {

    private static final Set<String> NUMBERS =
            Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "oid", "smallserial", "serial", "bigserial");

    private PostgresTypes() {}

    static Column.Kind kind(String type, boolean array) {
        if (array) {
            return type.equals("_bytea") ? Column.Kind.BINARY : Column.Kind.ARRAY;
        }
        if (NUMBERS.contains(type)) {
            return Column.Kind.NUMBER;
        }
        return switch (type) {
            case "bool" -> Column.Kind.BOOLEAN;
            case "date", "timestamp", "timestamptz" -> Column.Kind.TIME;
            case "json", "jsonb" -> Column.Kind.JSON;
            case "bytea" -> Column.Kind.BINARY;
            default -> Column.Kind.TEXT;
        };
    }

    /** What {@code :cursor} is for a column; null for types without an order that a cursor could follow. */
    static @Nullable ValueType valueType(String type, boolean array) {
        if (array) {
            return null;
        }
        return switch (type) {
            case "timestamptz" -> ValueType.ZONED_TIME;
            case "timestamp" -> ValueType.LOCAL_TIME;
            case "date" -> ValueType.DATE;
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> ValueType.INTEGER;
            case "numeric", "float4", "float8" -> ValueType.NUMBER;
            case "text", "varchar" -> ValueType.TEXT;
            case "uuid" -> ValueType.UUID;
            default -> null;
        };
    }

    static CellDecoder decoder(Column column) {
        return decoder(column.type(), column.kind());
    }

    private static CellDecoder decoder(String type, Column.Kind kind) {
        return switch (kind) {
            case TEXT -> (bytes, from, to) -> new PropertyValue.Text(CellDecoder.text(bytes, from, to));
            case NUMBER -> NumberText::decode;
            case BOOLEAN -> (bytes, from, to) -> PropertyValue.Bool.of(bytes[from] == 't');
            case TIME -> (bytes, from, to) -> new PropertyValue.Text(TimeText.iso(CellDecoder.text(bytes, from, to)));
            case ARRAY -> ArrayText.decoder(elementDecoder(elementType(type)));
            case JSON -> JsonScalar::decode;
            case BINARY -> PostgresTypes::refuseBytes;
        };
    }

    private static CellDecoder elementDecoder(String type) {
        return decoder(type, kind(type, false));
    }

    // The name of an array type is its element's with an underscore before it, quoted when it needs a schema.
    private static String elementType(String arrayType) {
        return arrayType.startsWith("_") ? arrayType.substring(1) : "text";
    }

    private static PropertyValue refuseBytes(byte[] bytes, int from, int to) {
        throw new BadCellException(
                "unsupported_type", "A property cannot hold bytes. Use encode(…, 'hex') or leave the column out.");
    }
}
