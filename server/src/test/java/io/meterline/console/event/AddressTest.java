package io.meterline.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressTest {

    @Test
    void anotherFilterBeginsOnTheFirstPage() {
        Address list =
                Address.of("/events").with("type", "users").with("page", "3").with("as_of", "2026-01-05T00:00:00Z");
        assertThat(list.filteredBy("customer", "a&b").href()).isEqualTo("/events?type=users&customer=a%26b");
    }

    @Test
    void whatIsEmptyIsNoPartOfIt() {
        assertThat(Address.of("/events").with("type", "users").with("type", "").href())
                .isEqualTo("/events");
    }

    @Test
    void aFormKeepsTheFieldsThatItDoesNotChange() {
        Address list =
                Address.of("/events").with("type", "users").with("last", "1h").with("page", "2");
        assertThat(list.fieldsBut("last")).extracting(Map.Entry::getKey).containsExactly("type");
    }
}
