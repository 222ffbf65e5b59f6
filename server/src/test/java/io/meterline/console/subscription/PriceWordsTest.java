package io.meterline.console.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices in words. */
final class PriceWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'flat','amount':'49'}                                  | €49.00 a period",
                "{'model':'per_unit','unit_amount':'0.002','free_units':'1000'}  | €0.002 per call, the first 1,000 free",
                "{'model':'package','package_size':'100','package_amount':'5'}   | €5.00 per package of 100",
                "{'model':'percentage','rate':'0.029','fixed_amount':'0.3'}      | 2.9 % + €0.30 an event",
                "{'model':'volume','tiers':[{'up_to':'10','unit_amount':'5'},{'unit_amount':'4'}],'minimum_amount':'9'}"
                        + " | Volume, 2 tiers: €5.00 to €4.00 per call, at least €9.00",
                "{'model':'per_unit','unit_amount':'1','apply_per':{'group_by':['region'],'window':'day'}}"
                        + " | €1.00 per call, for each region and day alone",
            })
    void aPriceIsASentence(String price, String words) {
        assertThat(PriceWords.of(Json.mapper().readTree(price.replace('\'', '"')), "EUR", "calls"))
                .isEqualTo(words);
    }
}
