package io.meterline.console.aggregator;

import io.meterline.console.EventTypes;
import io.meterline.console.Visit;
import java.util.List;
import java.util.Locale;

/** The event types that came so far, with their properties, to choose from. */
public record KnownTypes(List<Type> data) {

    /** A type. */
    public record Type(String name, List<Property> properties) {}

    /** A property of a type, and what kinds of values it had. */
    public record Property(String name, List<String> kinds) {

        /** The kinds in words, such as {@code number or text}. */
        public String words() {
            return String.join(" or ", kinds).toLowerCase(Locale.ROOT);
        }

        public boolean isNumeric() {
            return kinds.contains("number");
        }
    }

    static KnownTypes of(EventTypes types, Visit visit) {
        return new KnownTypes(types.of(visit).stream().map(KnownTypes::type).toList());
    }

    private static Type type(EventTypes.EventType type) {
        return new Type(
                type.name(),
                type.properties().stream()
                        .map(property -> new Property(property.name(), property.kinds()))
                        .toList());
    }

    /** The properties of a type, those with numbers first; none for an unknown one. */
    public List<Property> propertiesOf(String type) {
        return data.stream()
                .filter(one -> one.name().equals(type))
                .flatMap(one -> one.properties().stream())
                .sorted((a, b) -> Boolean.compare(b.isNumeric(), a.isNumeric()))
                .toList();
    }
}
