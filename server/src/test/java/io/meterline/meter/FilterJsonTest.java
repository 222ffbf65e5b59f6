package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.PropertyValue.Bool;
import io.meterline.event.PropertyValue.Null;
import io.meterline.event.PropertyValue.Number;
import io.meterline.event.PropertyValue.Text;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Violation;
import io.meterline.store.Filter;
import io.meterline.store.Filter.All;
import io.meterline.store.Filter.Any;
import io.meterline.store.Filter.Compare;
import io.meterline.store.Filter.Not;
import io.meterline.store.Filter.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterJsonTest {

    @Test
    void nestedFiltersBecomeTheirConditions() {
        // Given
        String json = """
                {"conditional":"or","fields":[
                  {"property":"size","operator":"gte","value":10.50},
                  {"conditional":"and","fields":[
                    {"property":"active","operator":"equals","value":true},
                    {"property":"plan","operator":"in","value":["pro",7,null]}]}]}""";

        // When
        Filter filter = read(json);

        // Then
        assertThat(filter)
                .isEqualTo(new Any(List.of(
                        new Compare("size", Operator.GTE, List.of(new Number(new BigDecimal("10.5")))),
                        new All(List.of(
                                new Compare("active", Operator.EQUALS, List.of(Bool.TRUE)),
                                new Compare(
                                        "plan",
                                        Operator.IN,
                                        List.of(new Text("pro"), new Number(BigDecimal.valueOf(7)), Null.NULL)))))));
        assertThat(FilterJson.read(FilterText.write(filter), "filter")).isEqualTo(filter);
    }

    @Test
    void negationIsNeverWritten() {
        Filter filter = new All(List.of(new Not(Filter.NONE)));

        assertThatThrownBy(() -> FilterText.write(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never stored or shown");
    }

    @ParameterizedTest
    @CsvSource({
        "is_null,IS_NULL", "isNull,IS_NULL", "is null,IS_NULL",
        "is_not_null,IS_NOT_NULL", "isNotNull,IS_NOT_NULL", "equals,EQUALS",
        "equal,EQUALS", "not_equal,NOT_EQUAL", "notEqual,NOT_EQUAL",
        "not_equals,NOT_EQUAL", "gt,GT", "greater_than,GT",
        "greaterThan,GT", "greater than,GT", "gte,GTE",
        "greaterThanOrEqual,GTE", "lt,LT", "lower_than,LT",
        "less than,LT", "lte,LTE", "lowerThanOrEqual,LTE",
        "in,IN", "not_in,NOT_IN", "notIn,NOT_IN",
        "contains,CONTAINS", "starts_with,STARTS_WITH", "startsWith,STARTS_WITH"
    })
    void operatorsAreReadInTheirSpellings(String spelling, Operator operator) {
        assertThat(FilterOperators.of(spelling)).contains(operator);
    }

    @Test
    void everyOperatorKeepsItsMeaningWhenWritten() {
        for (Operator operator : Operator.values()) {
            assertThat(FilterOperators.of(FilterOperators.text(operator))).contains(operator);
        }
    }

    @Test
    void textWithCommasIsAList() {
        Filter filter = read(one("\"property\":\"plan\",\"operator\":\"notIn\",\"value\":\" pro, free ,7\""));

        assertThat(FilterText.write(filter)).hasToString("""
                        {"conditional":"and","fields":[{"property":"plan","operator":"not_in",\
                        "value":["pro","free","7"]}]}""");
    }

    @Test
    void numbersStayNumbersInFilters() {
        Filter filter = read(one("\"property\":\"x\",\"operator\":\"equals\",\"value\":1.2e3"));

        assertThat(FilterText.write(filter)).hasToString("""
                        {"conditional":"and","fields":[{"property":"x","operator":"equals","value":1200}]}""");
    }

    @Test
    void noFilterIsWrittenAsNull() {
        assertThat(FilterText.write(read("null")).isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            7                                                  | filter                     | invalid_filter
            []                                                 | filter                     | invalid_filter
            {"fields":[{"property":"a","operator":"is_null"}]} | filter.conditional         | conditional_required
            {"conditional":1,"fields":[{"property":"a","operator":"is_null"}]}     | filter.conditional | wrong_type
            {"conditional":"xor","fields":[{"property":"a","operator":"is_null"}]} | filter.conditional | unknown_conditional
            {"conditional":"AND","fields":[{"property":"a","operator":"is_null"}]} | filter.conditional | unknown_conditional
            {"conditional":"and"}                              | filter.fields              | filter_fields_required
            {"conditional":"and","fields":[]}                  | filter.fields              | filter_fields_required
            {"conditional":"and","fields":{}}                  | filter.fields              | filter_fields_required
            {"conditional":"and","fields":["a"]}               | filter.fields[0]           | invalid_filter_field
            {"conditional":"and","fields":[null]}              | filter.fields[0]           | invalid_filter_field
            {"conditional":"and","fields":[{"operator":"is_null"}]}                | filter.fields[0].property | property_required
            {"conditional":"and","fields":[{"property":"","operator":"is_null"}]}  | filter.fields[0].property | invalid_property
            {"conditional":"and","fields":[{"property":5,"operator":"is_null"}]}   | filter.fields[0].property | wrong_type
            {"conditional":"and","fields":[{"property":"a"}]}                      | filter.fields[0].operator | operator_required
            {"conditional":"and","fields":[{"property":"a","operator":"like","value":1}]} | filter.fields[0].operator | unknown_operator
            {"conditional":"and","fields":[{"property":"a","operator":"","value":1}]}     | filter.fields[0].operator | unknown_operator
            {"conditional":"and","fields":[{"property":"a","operator":"gt"}]}      | filter.fields[0].value    | value_required
            {"conditional":"and","fields":[{"property":"a","operator":"equals"}]}  | filter.fields[0].value    | value_required
            {"conditional":"and","fields":[{"property":"a","operator":"is_null","value":1}]}  | filter.fields[0].value | value_not_used
            {"conditional":"and","fields":[{"property":"a","operator":"gt","value":true}]}    | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"lte","value":null}]}   | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"equals","value":[1]}]} | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"equals","value":{}}]}  | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"contains","value":""}]}      | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"starts_with","value":null}]} | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"in","value":7}]}       | filter.fields[0].value | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"in","value":[]}]}      | filter.fields[0].value | value_required
            {"conditional":"and","fields":[{"property":"a","operator":"in","value":" , "}]}   | filter.fields[0].value | value_required
            {"conditional":"and","fields":[{"property":"a","operator":"in","value":[1,[2]]}]} | filter.fields[0].value[1] | invalid_value
            {"conditional":"and","fields":[{"property":"a","operator":"equals","value":123456789012345678901}]} | filter.fields[0].value | number_too_large
            {"conditional":"and","fields":[{"property":"a","operator":"equals","value":1e2147483647}]}          | filter.fields[0].value | number_too_large
            {"conditional":"and","fields":[{"property":"a","operator":"equals","value":1e-19}]}                 | filter.fields[0].value | number_too_precise
            {"conditional":"and","fields":[{"property":"a","operator":"is_null","case":1}]}   | filter.fields[0].case | unknown_field
            {"conditional":"and","fields":[{"property":"a","operator":"is_null"}],"not":true} | filter.not            | unknown_field
            {"conditional":"and","fields":[{"conditional":"or","fields":[{"property":"a","operator":"x"}]}]} | filter.fields[0].fields[0].operator | unknown_operator
            """)
    void eachFaultHasItsPathAndCode(String json, String path, String code) {
        RuleException refused = catchThrowableOfType(RuleException.class, () -> read(json));

        assertThat(refused.violations())
                .extracting(Violation::path, Violation::code)
                .containsExactly(Tuple.tuple(path, code));
    }

    @Test
    void filtersNestTenDeepAndNoDeeper() {
        assertThat(read(nested(10))).isNotEqualTo(Filter.NONE);

        RuleException refused = catchThrowableOfType(RuleException.class, () -> read(nested(11)));
        assertThat(refused.code()).isEqualTo("filter_too_deep");
    }

    @Test
    void filtersHaveAtMostAHundredComparisons() {
        assertThat(read(wide(100))).isNotEqualTo(Filter.NONE);

        RuleException refused = catchThrowableOfType(RuleException.class, () -> read(wide(101)));
        assertThat(refused.code()).isEqualTo("filter_too_large");
    }

    @Test
    void listsHaveAtMostAThousandValues() {
        assertThat(read(list(1_000))).isNotEqualTo(Filter.NONE);

        RuleException refused = catchThrowableOfType(RuleException.class, () -> read(list(1_001)));
        assertThat(refused.code()).isEqualTo("too_many_values");
    }

    @Test
    void textIsAtMostEightKibibytesLong() {
        String json = one("\"property\":\"a\",\"operator\":\"equals\",\"value\":\"" + "é".repeat(4_097) + "\"");

        RuleException refused = catchThrowableOfType(RuleException.class, () -> read(json));

        assertThat(refused.code()).isEqualTo("value_too_long");
    }

    private static Filter read(String json) {
        return FilterJson.read(TestJson.tree(json), "filter");
    }

    private static String one(String comparison) {
        return "{\"conditional\":\"and\",\"fields\":[{" + comparison + "}]}";
    }

    private static String nested(int depth) {
        String inner = one("\"property\":\"a\",\"operator\":\"is_null\"");
        return "{\"conditional\":\"and\",\"fields\":[".repeat(depth - 1) + inner + "]}".repeat(depth - 1);
    }

    private static String wide(int comparisons) {
        return "{\"conditional\":\"or\",\"fields\":["
                + "{\"property\":\"a\",\"operator\":\"is_null\"},".repeat(comparisons - 1)
                + "{\"property\":\"b\",\"operator\":\"is_null\"}]}";
    }

    private static String list(int values) {
        return one("\"property\":\"a\",\"operator\":\"in\",\"value\":"
                + IntStream.range(0, values).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]")));
    }
}
