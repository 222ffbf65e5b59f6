package io.meterline.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meterline.event.RuleException;
import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The one way in which JSON is read and written.
 *
 * <p>Reading is strict: unknown fields, duplicate keys, trailing text, NaN, wrong kinds and bad UTF-8 are refused, and
 * nothing is converted silently. A decimal comes as a number or as a string and is taken exactly. A field that is
 * missing and a field that is {@code null} are the same.
 *
 * <p>Writing is plain: names in snake_case, decimals as strings without an exponent and with the digits that they have,
 * times in UTC with {@code Z} cut to microseconds, enums in lower case. A field without a value is written as
 * {@code null}, so that an answer always has the same fields.
 */
public final class Json {

    /** Deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 32;

    /** Most characters of a number; longer ones are no stored number even without their zeros. */
    public static final int MAX_NUMBER_LENGTH = 200;

    /** Most characters of a string; what a field allows is usually far less and has its own error. */
    public static final int MAX_STRING_LENGTH = 4 << 20;

    /** Most characters of a name; as above. */
    public static final int MAX_NAME_LENGTH = 4_096;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxDocumentLength(Body.MAX_NDJSON_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            // The names are the caller's: interning them would let anyone fill the JVM's table.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            // The interface takes UTF-8 and nothing else.
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(
                    all -> JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .withCoercionConfig(LogicalType.Textual, Json::refuseScalars)
            .addModule(new SimpleModule("meterline")
                    .addSerializer(BigDecimal.class, new DecimalWriter())
                    .addDeserializer(BigDecimal.class, new DecimalReader())
                    .addSerializer(Instant.class, new InstantWriter())
                    .addDeserializer(Instant.class, new InstantReader()))
            .build();

    private Json() {}

    /** The mapper itself, for writing and for streams. A body is read with {@link #read}, which bounds exponents. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The value as UTF-8. */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads one document of a given shape.
     *
     * @throws RuleException naming the place and what is expected there
     */
    public static <T> T read(byte[] utf8, Class<T> type) {
        Utf8.check(utf8);
        try (JsonParser parser = new BoundedNumbers(MAPPER.createParser(utf8))) {
            T value = MAPPER.readValue(parser, type);
            if (value == null) {
                throw new RuleException(
                        RuleException.Kind.INVALID, "invalid_json", "The body is null; send an object.");
            }
            return value;
        } catch (JacksonException e) {
            throw JsonFault.of(e);
        }
    }

    private static void refuseScalars(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }
}
