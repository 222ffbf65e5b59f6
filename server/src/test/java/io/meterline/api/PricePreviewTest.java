package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestApi;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/prices/preview} over HTTP; every exchange is held against the API document. */
final class PricePreviewTest {

    private static final String VOLUME = """
            {"model":"volume","tiers":[{"up_to":10,"unit_amount":"5"},{"up_to":null,"unit_amount":4}]}""";

    private static ControlDatabase database;
    private static TestApi api;
    private static ApiClient client;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 1, 10);
        api = TestApi.start(database, InstantSource.system(), new PriceRoutes());
        client = api.client(Environment.LIVE);
    }

    @AfterAll
    static void stop() {
        api.close();
        database.close();
    }

    @Test
    void aListOfQuantitiesIsPricedInTheOrderAsked() {
        JsonNode answer = preview("""
                {"currency":"EUR","price":{"model":"per_unit","unit_amount":"0.125"},"quantities":["10.5",1,"0"]}""");

        assertThat(answer.path("points")).hasSize(3);
        JsonNode first = answer.path("points").get(0);
        assertThat(first.path("quantity").asString()).isEqualTo("10.5");
        assertThat(first.path("amount").asString()).isEqualTo("1.31");
        assertThat(first.path("exact_amount").asString()).isEqualTo("1.3125");
        assertThat(first.path("average_unit_amount").asString()).isEqualTo("0.125");
        assertThat(texts(first.path("breakdown"), "kind")).containsExactly("units", "rounding");
        assertThat(texts(first.path("breakdown"), "amount")).containsExactly("1.3125", "-0.0025");
        assertThat(answer.path("points").get(1).path("amount").asString()).isEqualTo("0.13");
        assertThat(answer.path("points").get(2).path("amount").asString()).isEqualTo("0.00");
        assertThat(answer.path("points").get(2).path("average_unit_amount").isNull())
                .isTrue();
        assertThat(answer.path("warnings")).isEmpty();
    }

    @Test
    void aRangeHasThePointsWhereTiersChangeAndAVolumePriceThatFallsIsWarnedOf() {
        JsonNode answer = preview("""
                {"currency":"EUR","price":%s,"from":"0","to":"20","points":3}""".formatted(VOLUME));

        assertThat(texts(answer.path("points"), "quantity")).containsExactly("0", "10", "11", "20");
        assertThat(texts(answer.path("points"), "amount")).containsExactly("0.00", "50.00", "44.00", "80.00");
        assertThat(texts(answer.path("warnings"), "code")).containsExactly("amount_falls");
        assertThat(texts(answer.path("warnings"), "path")).containsExactly("price.tiers[1]");
        assertThat(texts(answer.path("warnings"), "quantity")).containsExactly("10");
    }

    @Test
    void aListHasThemAfterTheQuantitiesAsked() {
        JsonNode answer = preview("""
                {"currency":"EUR","price":%s,"quantities":["20","1"]}""".formatted(VOLUME));
        assertThat(texts(answer.path("points"), "quantity")).containsExactly("20", "1", "10", "11");
        assertThat(texts(answer.path("points"), "tier_change")).containsExactly("false", "false", "true", "true");
    }

    @Test
    void aPercentageTakesTheAmountsOfEvents() {
        JsonNode answer = preview("""
                {"currency":"EUR","price":{"model":"percentage","rate":"0.029","fixed_amount":"0.30"},
                 "event_amounts":["50","100"]}""");
        assertThat(texts(answer.path("points"), "quantity")).containsExactly("150");
        assertThat(texts(answer.path("points"), "amount")).containsExactly("4.95");
        assertThat(texts(answer.path("points").get(0).path("breakdown"), "kind"))
                .containsExactly("rate", "fixed");
    }

    @Test
    void aGapAndATierThatNothingReachesAreRepairedAndWarnedOf() {
        JsonNode answer = preview("""
                {"currency":"JPY","price":{"model":"graduated","tiers":[
                  {"up_to":"10","unit_amount":"5"},{"up_to":"5","unit_amount":"9"},{"up_to":"20","unit_amount":"3"}]},
                 "quantities":["30"]}""");
        assertThat(texts(answer.path("points"), "amount")).containsExactly("110");
        assertThat(texts(answer.path("points").get(0).path("breakdown"), "tier"))
                .containsExactly("1", "3");
        assertThat(texts(answer.path("warnings"), "code")).containsExactly("tier_unreachable", "tiers_gap");
        assertThat(texts(answer.path("warnings"), "path"))
                .containsExactly("price.tiers[1].up_to", "price.tiers[2].up_to");
    }

    @Test
    void theLinesAddUpWithAllTerms() {
        JsonNode answer = preview("""
                {"currency":"KWD","price":{"model":"package","package_size":"3","package_amount":"1",
                  "incomplete":"prorated","free_units":"1","discount_percent":"10","maximum_amount":"5.5555",
                  "minimum_amount":"1","zero_usage_flat":"skip","apply_per":{"group_by":["region"],"window":"day"}},
                 "quantities":["0","2","20","-4"]}""");
        assertThat(texts(answer.path("points"), "amount")).containsExactly("1.000", "1.000", "5.556", "1.000");
        for (JsonNode point : answer.path("points")) {
            BigDecimal sum = texts(point.path("breakdown"), "amount").stream()
                    .map(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo(point.path("amount").asString());
        }
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        Answer answer = client.post("/v1/prices/preview", """
                {"currency":"EUR","price":{"model":"graduated","amount":"1","free_units":true,"colour":"red",
                  "discount_percent":"120","tiers":[{"up_to":"10","unit_amount":"-1"},{"up_to":null,"rate":"x"}],
                  "apply_per":{"group_by":"region"}},"quantities":[]}""");
        assertThat(answer.status()).isEqualTo(400);
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors")) {
            errors.add(error.path("path").asString() + " " + error.path("code").asString());
        }
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        "price.colour unknown_field",
                        "price.free_units wrong_type",
                        "price.tiers[1].rate wrong_type",
                        "price.apply_per.group_by wrong_type",
                        "price.amount field_not_used",
                        "price.discount_percent percentage_too_large",
                        "price.tiers[0].unit_amount negative",
                        "price.tiers[1].unit_amount required",
                        "price.apply_per required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                             | required",
                "{'currency':'EUR'}                                             | required",
                "{'price':{'model':'flat','amount':1},'quantities':[1]}         | required",
                "{'currency':'eur','price':{'model':'flat','amount':1},'quantities':[1]} | unknown_currency",
                "{'currency':'EUR','price':1,'quantities':[1]}                  | wrong_type",
                "{'currency':'EUR','price':{'model':'flat','amount':1}}         | required",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'from':1} | required",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'from':1,'to':0} | invalid_value",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'from':1,'to':2,'points':1} | invalid_value",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'quantities':[1],'to':2} | invalid_value",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'quantities':[null]} | required",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'event_amounts':[1]} | field_not_used",
                "{'currency':'EUR','price':{'model':'percentage','rate':0.1},'quantities':[1]} | required",
                "{'currency':'EUR','price':{'model':'percentage','rate':0.1}}   | required",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'quantities':[1e30]} | number_out_of_range",
                "{'currency':'EUR','price':{'model':'flat','amount':1e30},'quantities':[1]} | number_too_large",
                "{'currency':'EUR','price':{'model':'flat','amount':'1e-30'},'quantities':[1]} | number_too_precise",
                "{'currency':'EUR','price':{'model':'flat','amount':1,'amount':2},'quantities':[1]} | duplicate_key",
                "{'currency':'EUR','price':{'model':'flat','amount':1},'quantities':[1],'x':1} | unknown_field",
            })
    void wrongRequestsAreRefused(String body, String code) {
        Answer answer = client.post("/v1/prices/preview", body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void hugeNumbersStayExact() {
        JsonNode answer = preview("""
                {"currency":"EUR","price":{"model":"per_unit","unit_amount":"0.000000000000000001"},
                 "quantities":["99999999999999999999.999999999999999999"]}""");
        assertThat(texts(answer.path("points"), "exact_amount"))
                .containsExactly("99.999999999999999999999999999999999999");
        assertThat(texts(answer.path("points"), "amount")).containsExactly("100.00");
    }

    private static JsonNode preview(String body) {
        Answer answer = client.post("/v1/prices/preview", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(element.path(field).asString());
        }
        return texts;
    }
}
