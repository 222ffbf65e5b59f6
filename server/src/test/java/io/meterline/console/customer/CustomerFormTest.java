package io.meterline.console.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerFormTest {

    @Test
    void whatIsEmptyIsEmptied() {
        CustomerForm form = CustomerForm.of(Fields.of(Map.of("name", " Acme ", "external_id", "")));

        assertThat(form.json()).hasToString("""
                {"name":"Acme","external_id":null,"currency":null,"time_zone":null,"properties":{}}""");
    }

    @Test
    void propertiesKeepTheKindOfTheirValues() {
        CustomerForm form = CustomerForm.of(Fields.of(Map.of("property", "seats", "value", "5")));

        assertThat(form.json().path("properties")).hasToString("{\"seats\":5}");
    }
}
