package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void parametersWithoutAValueAreLeftOut() {
        Address address =
                Address.of("/customers").with("q", "").with("status", null).with("skip", 50);

        assertThat(address.text()).isEqualTo("/customers?skip=50");
    }

    @Test
    void aParameterTakesThePlaceOfTheOneBefore() {
        Address address =
                Address.of("/customers").with("q", "a&b=c").with("skip", 50).with("q", "Zoë");

        assertThat(address.text()).isEqualTo("/customers?q=Zo%C3%AB&skip=50");
    }
}
