package io.meterline.console.customer;

import io.meterline.console.ValueText;
import io.meterline.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A customer as it stands in a form. */
public record CustomerForm(
        String name, String externalId, String currency, String timeZone, List<Property> properties) {

    static final CustomerForm BLANK = new CustomerForm("", "", "", "", List.of());

    /** A property as it was typed. */
    public record Property(String name, String value) {}

    static CustomerForm of(Customer customer) {
        List<Property> properties = new ArrayList<>();
        for (var property : customer.properties().properties()) {
            properties.add(new Property(property.getKey(), ValueText.write(property.getValue())));
        }
        return new CustomerForm(
                orEmpty(customer.name()),
                orEmpty(customer.externalId()),
                orEmpty(customer.currency()),
                orEmpty(customer.timeZone()),
                properties);
    }

    static CustomerForm of(Fields fields) {
        List<String> names = fields.all("property");
        List<String> values = fields.all("value");
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            if (!names.get(i).isBlank() || !values.get(i).isBlank()) {
                properties.add(new Property(names.get(i).strip(), values.get(i).strip()));
            }
        }
        return new CustomerForm(
                fields.get("name"),
                fields.get("external_id"),
                fields.get("currency"),
                fields.get("time_zone"),
                properties);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The body for the API; what is empty is emptied. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", orNull(name))
                .put("external_id", orNull(externalId))
                .put("currency", orNull(currency))
                .put("time_zone", orNull(timeZone));
        ObjectNode values = json.putObject("properties");
        for (Property property : properties) {
            JsonNode value = ValueText.read(property.value());
            values.set(property.name(), value);
        }
        return json;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
