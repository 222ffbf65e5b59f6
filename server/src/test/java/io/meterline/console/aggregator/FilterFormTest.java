package io.meterline.console.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.FilterWords;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FilterFormTest {

    private static final String NESTED = """
            {"conditional":"and","fields":[\
            {"property":"status","operator":"in","value":["premium",5,"5"]},\
            {"conditional":"or","fields":[\
            {"property":"deleted_at","operator":"is_null"},\
            {"property":"seats","operator":"gt","value":1.50}]}]}""";

    @Test
    void aFilterComesBackFromItsFormAsItWas() {
        JsonNode filter = Json.mapper().readTree(NESTED);

        assertThat(FilterForm.json(FilterForm.of(filter))).hasToString(NESTED);
    }

    @Test
    void fieldsAreReadByTheirPlace() {
        FilterForm.Group group = FilterForm.of(Fields.of(Map.of(
                "f.c", "or",
                "f.0.p", "status",
                "f.0.o", "equals",
                "f.0.v", "premium",
                "f.1.c", "and",
                "f.1.0.p", "seats",
                "f.1.0.o", "gte",
                "f.1.0.v", "2")));

        assertThat(FilterForm.json(group)).hasToString("""
                {"conditional":"or","fields":[\
                {"property":"status","operator":"equals","value":"premium"},\
                {"conditional":"and","fields":[{"property":"seats","operator":"gte","value":2}]}]}""");
    }

    @Test
    void buttonsAddAndRemoveWhatTheyName() {
        FilterForm.Group one = FilterForm.edited(FilterForm.EMPTY, "add f");
        FilterForm.Group nested = FilterForm.edited(one, "group f");
        FilterForm.Group more = FilterForm.edited(nested, "add f.1");

        assertThat(FilterForm.rows(more)).isEqualTo(3);
        assertThat(FilterForm.edited(more, "remove f.1.0")).isEqualTo(nested);
        assertThat(FilterForm.edited(nested, "remove f.1.0")).isEqualTo(one);
        assertThat(FilterForm.edited(more, "remove f.7")).isEqualTo(more);
        assertThat(FilterForm.edited(more, "nonsense")).isEqualTo(more);
    }

    @Test
    void aGroupWithinAnotherBeginsWithTheOtherWord() {
        FilterForm.Group nested = FilterForm.edited(FilterForm.EMPTY, "group f");

        assertThat(nested.parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        FilterForm.Group.class, inner -> assertThat(inner.any()).isTrue());
    }

    @Test
    void whatIsNotFinishedIsLeftOutOfTries() {
        FilterForm.Group group = FilterForm.of(Fields.of(Map.of(
                "f.c",
                "and",
                "f.0.p",
                "status",
                "f.0.o",
                "equals",
                "f.1.p",
                "deleted_at",
                "f.1.o",
                "is_null",
                "f.2.p",
                "")));

        assertThat(FilterForm.json(FilterForm.finished(group))).hasToString("""
                {"conditional":"and","fields":[{"property":"deleted_at","operator":"is_null"}]}""");
        assertThat(FilterForm.rows(FilterForm.withoutBlanks(group))).isEqualTo(2);
        assertThat(FilterForm.json(FilterForm.finished(FilterForm.EMPTY)).isNull())
                .isTrue();
    }

    @Test
    void aFilterIsASentence() {
        assertThat(FilterWords.of(Json.mapper().readTree(NESTED)))
                .isEqualTo("status is one of premium, 5, \"5\" and (deleted_at is missing or seats is above 1.50)");
        assertThat(FilterWords.of(null)).isEmpty();
    }
}
