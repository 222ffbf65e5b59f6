package io.meterline.console.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PriceWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            €49.00 each period                         | {"model":"flat","amount":"49"}
            €0.005 per call; at least €10.00           | {"model":"per_unit","unit_amount":"0.005","minimum_amount":"10"}
            €5.00 per call to 1,000, then €3.00 + €9.00| {"model":"graduated","tiers":[{"up_to":"1000","unit_amount":"5","flat_amount":"0"},{"unit_amount":"3","flat_amount":"9"}]}
            all at €5.00 per call to 10, or €4.00      | {"model":"volume","tiers":[{"up_to":"10","unit_amount":"5"},{"up_to":null,"unit_amount":"4"}]}
            €30.00 for every 10,000 calls, a part free | {"model":"package","package_size":"10000","package_amount":"30","incomplete":"free"}
            2.9 % + €0.30 of each event                | {"model":"percentage","rate":"0.029","fixed_amount":"0.30"}
            €1.00 per call; 5 calls free; 10 % off     | {"model":"per_unit","unit_amount":"1","free_units":"5","discount_percent":"10"}
            """)
    void aPriceInWords(String words, String price) {
        assertThat(PriceWords.of(Json.mapper().readTree(price), "EUR", new Unit("calls")))
                .isEqualTo(words);
    }
}
