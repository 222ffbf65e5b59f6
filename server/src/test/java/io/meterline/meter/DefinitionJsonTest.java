package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Violation;
import io.meterline.store.Measure;
import java.math.BigDecimal;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionJsonTest {

    @Test
    void everyFieldIsReadAndWrittenAgain() {
        // Given
        String json = """
                {"name":"Storage","event_type":"disk.change","operation":"weighted_sum","property":"gb",
                 "filter":{"conditional":"and","fields":[{"property":"deletedAt","operator":"isNull"}]},
                 "unit_name":"GB","carry_over":true}""";

        // When
        Definition definition = DefinitionJson.read(TestJson.tree(json));

        // Then
        assertThat(definition.measure()).isEqualTo(new Measure.WeightedSum("gb", true));
        assertThat(DefinitionJson.write(definition)).hasToString("""
                {"name":"Storage","event_type":"disk.change","operation":"weighted_sum","property":"gb",\
                "filter":{"conditional":"and","fields":[{"property":"deletedAt","operator":"is_null"}]},\
                "unit_name":"GB","percentile":null,"carry_over":true,"formula":null}""");
        assertThat(DefinitionJson.read(DefinitionJson.write(definition))).isEqualTo(definition);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "operation":"count"                                   | Count[]
            "operation":"sum","property":"x"                      | Sum[property=x]
            "operation":"max","property":"x"                      | Max[property=x]
            "operation":"min","property":"x"                      | Min[property=x]
            "operation":"average","property":"x"                  | Average[property=x]
            "operation":"latest","property":"x"                   | Latest[property=x]
            "operation":"count_distinct","property":"id"          | CountDistinct[property=id]
            "operation":"weighted_sum","property":"x"             | WeightedSum[property=x, carryOver=false]
            "operation":"percentile","property":"x","percentile":95      | Percentile[property=x, percentile=95]
            "operation":"percentile","property":"x","percentile":"99.90" | Percentile[property=x, percentile=99.9]
            "operation":"formula","formula":"-x"                  | Formula[expression=Negation[operand=PropertyRef[property=x]]]
            """)
    void everyOperationHasItsMeasure(String fields, String measure) {
        Definition definition = DefinitionJson.readInline(TestJson.tree("{\"event_type\":\"t\"," + fields + "}"), "");

        assertThat(definition.measure()).hasToString(measure);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"event_type":"t","operation":"count"}                                     | name        | name_required
            {"name":7,"event_type":"t","operation":"count"}                            | name        | wrong_type
            {"name":" ","event_type":"t","operation":"count"}                          | name        | invalid_name
            {"name":"a","operation":"count"}                                           | event_type  | event_type_required
            {"name":"a","event_type":"a b","operation":"count"}                        | event_type  | invalid_event_type
            {"name":"a","event_type":"t"}                                              | operation   | operation_required
            {"name":"a","event_type":"t","operation":"median"}                         | operation   | unknown_operation
            {"name":"a","event_type":"t","operation":"sum"}                            | property    | property_required
            {"name":"a","event_type":"t","operation":"sum","property":""}              | property    | invalid_property
            {"name":"a","event_type":"t","operation":"count","property":"x"}           | property    | property_not_used
            {"name":"a","event_type":"t","operation":"count","unit_name":""}           | unit_name   | invalid_unit_name
            {"name":"a","event_type":"t","operation":"percentile","property":"x"}      | percentile  | percentile_required
            {"name":"a","event_type":"t","operation":"percentile","property":"x","percentile":101}  | percentile | invalid_percentile
            {"name":"a","event_type":"t","operation":"percentile","property":"x","percentile":-1}   | percentile | invalid_percentile
            {"name":"a","event_type":"t","operation":"percentile","property":"x","percentile":true} | percentile | invalid_percentile
            {"name":"a","event_type":"t","operation":"percentile","property":"x","percentile":1e-7} | percentile | invalid_percentile
            {"name":"a","event_type":"t","operation":"percentile","property":"x","percentile":1e999999} | percentile | invalid_percentile
            {"name":"a","event_type":"t","operation":"count","percentile":5}           | percentile  | percentile_not_used
            {"name":"a","event_type":"t","operation":"sum","property":"x","carry_over":true} | carry_over | carry_over_not_used
            {"name":"a","event_type":"t","operation":"weighted_sum","property":"x","carry_over":"yes"} | carry_over | wrong_type
            {"name":"a","event_type":"t","operation":"formula"}                        | formula     | formula_required
            {"name":"a","event_type":"t","operation":"formula","formula":"1 +"}        | formula     | invalid_formula
            {"name":"a","event_type":"t","operation":"count","formula":"1"}            | formula     | formula_not_used
            {"name":"a","event_type":"t","operation":"count","colour":"red"}           | colour      | unknown_field
            """)
    void eachFaultHasItsPathAndCode(String json, String path, String code) {
        RuleException refused =
                catchThrowableOfType(RuleException.class, () -> DefinitionJson.read(TestJson.tree(json)));

        assertThat(refused.violations())
                .extracting(Violation::path, Violation::code)
                .containsExactly(Tuple.tuple(path, code));
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        RuleException refused = catchThrowableOfType(
                RuleException.class,
                () -> DefinitionJson.readInline(
                        TestJson.tree("{\"operation\":\"sum\",\"filter\":{},\"x\":1}"), "aggregator"));

        assertThat(refused.violations())
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "aggregator.x",
                        "aggregator.event_type",
                        "aggregator.property",
                        "aggregator.filter.conditional",
                        "aggregator.filter.fields");
    }

    @Test
    void explicitNullsAreFieldsLeftOut() {
        Definition definition = DefinitionJson.read(TestJson.tree("""
                {"name":"a","event_type":"t","operation":"count","property":null,"filter":null,"unit_name":null,
                 "percentile":null,"carry_over":null,"formula":null}"""));

        assertThat(definition.percentile()).isNull();
        assertThat(definition.carryOver()).isFalse();
    }

    @Test
    void percentileKeepsItsDigits() {
        Definition definition = DefinitionJson.readInline(TestJson.tree("""
                        {"event_type":"t","operation":"percentile","property":"x","percentile":99.123456}"""), "");

        assertThat(definition.percentile()).isEqualTo(new BigDecimal("99.123456"));
    }
}
