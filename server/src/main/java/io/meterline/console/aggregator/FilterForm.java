package io.meterline.console.aggregator;

import io.meterline.console.Comparison;
import io.meterline.console.ValueText;
import io.meterline.http.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A filter as it stands in a form: groups of conditions, within each other.
 *
 * <p>Fields are named by their place. The outermost group is {@code f}: {@code f.c} says whether all or any must hold,
 * {@code f.0.p}, {@code f.0.o} and {@code f.0.v} are its first condition, {@code f.1.c} a group within it.
 */
public sealed interface FilterForm {

    /** The name of the outermost group. */
    String ROOT = "f";

    /** Conditions of which all or any must hold. */
    record Group(boolean any, List<FilterForm> parts) implements FilterForm {
        public Group {
            parts = List.copyOf(parts);
        }
    }

    /** A condition as it was typed. */
    record Row(String property, Comparison operator, String value) implements FilterForm {

        private static final Row BLANK = new Row("", Comparison.EQUALS, "");

        boolean isBlank() {
            return property.isBlank() && value.isBlank();
        }

        boolean isFinished() {
            return !property.isBlank() && (!value.isBlank() || !operator.takesValue());
        }
    }

    /** No conditions. */
    Group EMPTY = new Group(false, List.of());

    /** The filter of a form that was sent. */
    static Group of(Fields fields) {
        return group(fields, ROOT);
    }

    private static Group group(Fields fields, String path) {
        List<FilterForm> parts = new ArrayList<>();
        for (int i = 0; ; i++) {
            String place = path + "." + i;
            if (fields.isOn(place + ".c")) {
                parts.add(group(fields, place));
            } else if (fields.isOn(place + ".p")) {
                parts.add(new Row(
                        fields.get(place + ".p"), Comparison.of(fields.get(place + ".o")), fields.get(place + ".v")));
            } else {
                return new Group(fields.get(path + ".c").equals("or"), parts);
            }
        }
    }

    /** The form of a filter of the API. */
    static Group of(@Nullable JsonNode filter) {
        if (filter == null || !filter.isObject()) {
            return EMPTY;
        }
        List<FilterForm> parts = new ArrayList<>();
        for (JsonNode field : filter.path("fields")) {
            parts.add(field.has("fields") ? of(field) : row(field));
        }
        return new Group(filter.path("conditional").asString().equals("or"), parts);
    }

    private static Row row(JsonNode field) {
        Comparison operator = Comparison.of(field.path("operator").asString());
        JsonNode value = field.path("value");
        String typed = !operator.takesValue() || value.isMissingNode()
                ? ""
                : value.isArray() ? ValueText.writeAll(value) : ValueText.write(value);
        return new Row(field.path("property").asString(), operator, typed);
    }

    /** What a button of the form does: {@code add f}, {@code group f.1} or {@code remove f.1.0}. */
    static Group edited(Group root, String action) {
        String[] words = action.split(" ", 2);
        if (words.length != 2 || !words[1].startsWith(ROOT)) {
            return root;
        }
        List<Integer> path = Arrays.stream(words[1].split("\\.", -1))
                .skip(1)
                .map(Integer::valueOf)
                .toList();
        return switch (words[0]) {
            case "add" -> added(root, path, Row.BLANK);
            case "group" -> added(root, path, new Group(!root.any(), List.of(Row.BLANK)));
            case "remove" -> removed(root, path);
            default -> root;
        };
    }

    private static Group added(Group group, List<Integer> path, FilterForm part) {
        List<FilterForm> parts = new ArrayList<>(group.parts());
        if (path.isEmpty()) {
            parts.add(part);
        } else if (path.getFirst() < parts.size() && parts.get(path.getFirst()) instanceof Group inner) {
            parts.set(path.getFirst(), added(inner, path.subList(1, path.size()), part));
        }
        return new Group(group.any(), parts);
    }

    private static Group removed(Group group, List<Integer> path) {
        if (path.isEmpty() || path.getFirst() >= group.parts().size()) {
            return group;
        }
        List<FilterForm> parts = new ArrayList<>(group.parts());
        int at = path.getFirst();
        if (path.size() == 1) {
            parts.remove(at);
        } else if (parts.get(at) instanceof Group inner) {
            Group rest = removed(inner, path.subList(1, path.size()));
            if (rest.parts().isEmpty()) {
                parts.remove(at);
            } else {
                parts.set(at, rest);
            }
        }
        return new Group(group.any(), parts);
    }

    /** Without conditions that nothing was typed into, and without groups that are empty then. */
    static Group withoutBlanks(Group group) {
        return only(group, false);
    }

    /** Without conditions that lack something, as while somebody types. */
    static Group finished(Group group) {
        return only(group, true);
    }

    private static Group only(Group group, boolean finished) {
        List<FilterForm> kept = new ArrayList<>();
        for (FilterForm part : group.parts()) {
            switch (part) {
                case Row row -> {
                    if (finished ? row.isFinished() : !row.isBlank()) {
                        kept.add(row);
                    }
                }
                case Group inner -> {
                    Group rest = only(inner, finished);
                    if (!rest.parts().isEmpty()) {
                        kept.add(rest);
                    }
                }
            }
        }
        return new Group(group.any(), kept);
    }

    /** How many conditions there are. */
    static int rows(Group group) {
        int rows = 0;
        for (FilterForm part : group.parts()) {
            rows += switch (part) {
                case Row _ -> 1;
                case Group inner -> rows(inner);
            };
        }
        return rows;
    }

    /** The filter for the API; a JSON null for no conditions. */
    static JsonNode json(Group group) {
        return group.parts().isEmpty() ? JsonNodeFactory.instance.nullNode() : node(group);
    }

    private static ObjectNode node(Group group) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("conditional", group.any() ? "or" : "and");
        ArrayNode fields = node.putArray("fields");
        for (FilterForm part : group.parts()) {
            fields.add(
                    switch (part) {
                        case Row row -> node(row);
                        case Group inner -> node(inner);
                    });
        }
        return node;
    }

    private static ObjectNode node(Row row) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("property", row.property())
                .put("operator", row.operator().text());
        if (row.operator().takesSeveral()) {
            ArrayNode values = node.putArray("value");
            ValueText.readAll(row.value()).forEach(values::add);
        } else if (row.operator().takesValue() && !row.value().isBlank()) {
            node.set("value", ValueText.read(row.value()));
        }
        return node;
    }
}
