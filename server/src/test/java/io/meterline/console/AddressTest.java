package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressTest {

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

    @Test
    void anotherFilterBeginsOnTheFirstPage() {
        Address list =
                Address.of("/events").with("type", "users").with("page", "3").with("as_of", "2026-01-05T00:00:00Z");

        assertThat(list.filteredBy("customer", "a&b").text()).isEqualTo("/events?type=users&customer=a%26b");
    }

    @Test
    void aFormKeepsTheFieldsThatItDoesNotChange() {
        Address list =
                Address.of("/events").with("type", "users").with("last", "1h").with("page", "2");

        assertThat(list.fieldsBut("last")).extracting(Map.Entry::getKey).containsExactly("type");
    }
}
