package io.meterline.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import io.meterline.price.Flat;
import io.meterline.price.Price;
import io.meterline.price.PriceArbitraries;
import io.meterline.price.Split;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

final class PriceJsonPropertyTest {

    @Property
    void aPriceThatIsKeptAsJsonReadsAsTheSamePrice(@ForAll("prices") Price price) {
        byte[] kept = Json.bytes(PriceText.write(price));

        assertThat(PriceJson.read(Json.read(kept, JsonNode.class), "price").strict())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(price);
    }

    @Provide
    Arbitrary<Price> prices() {
        // A flat price has no free units to write down.
        Arbitrary<Price> ofQuantities = PriceArbitraries.prices().filter(price -> !(price.model() instanceof Flat));
        return Arbitraries.oneOf(
                ofQuantities,
                ofQuantities.map(price -> new Price(
                        price.model(), price.terms(), new Split(List.of("region", "plan"), Split.Window.HOUR))),
                PriceArbitraries.percentages().map(Price::of));
    }
}
