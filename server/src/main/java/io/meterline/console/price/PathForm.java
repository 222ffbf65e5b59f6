package io.meterline.console.price;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON of a form whose fields are named by JSON paths, such as {@code prices[0].price.tiers[1].up_to:number}. What
 * follows the colon says how a text is read: {@code number}, {@code percent} (of which the API takes the hundredth part),
 * {@code list} (separated by commas or line ends), {@code numbers}, {@code scalar}, {@code json}, {@code integer}. A text that is none of these stays as it was typed, and
 * the API says what is wrong with it. An empty field is a JSON null, so that one sees which fields the form had.
 */
public final class PathForm {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("([a-z_]+(?:\\[\\d{1,4}]|\\.[a-z_]+)*)(?::([a-z]+))?");
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|\\.?([a-z_]+)");

    private PathForm() {}

    /** The fields whose names begin with one of these, as one object. */
    public static ObjectNode read(Fields fields, String... roots) {
        ObjectNode tree = JSON.objectNode();
        for (String name : new TreeSet<>(fields.names())) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                continue;
            }
            List<String> steps = steps(matcher.group(1));
            if (List.of(roots).contains(steps.getFirst())) {
                put(tree, steps, value(fields.get(name), matcher.group(2)));
            }
        }
        return (ObjectNode) withoutHoles(tree);
    }

    /** What is at a path of a tree; a missing node where nothing is. */
    public static JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String step : steps(path)) {
            node = isIndex(step) ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node;
    }

    /** The same without what was left empty, as the API takes it. */
    public static JsonNode sent(JsonNode tree) {
        if (tree.isObject()) {
            ObjectNode object = JSON.objectNode();
            tree.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> object.set(field.getKey(), sent(field.getValue())));
            return object;
        }
        if (tree.isArray()) {
            ArrayNode array = JSON.arrayNode();
            tree.forEach(element -> array.add(sent(element)));
            return array;
        }
        return tree;
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return steps;
    }

    private static boolean isIndex(String step) {
        return Character.isDigit(step.charAt(0));
    }

    private static void put(ObjectNode tree, List<String> steps, JsonNode value) {
        JsonNode node = tree;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            JsonNode next = last ? value : child(node, steps.get(i), isIndex(steps.get(i + 1)));
            if (next == null || !set(node, steps.get(i), next)) {
                return; // Two names that contradict each other: the first one counts.
            }
            node = next;
        }
    }

    private static @Nullable JsonNode child(JsonNode node, String step, boolean array) {
        JsonNode there = isIndex(step) ? node.path(Integer.parseInt(step)) : node.path(step);
        if (there.isMissingNode() || there.isNull()) {
            return array ? JSON.arrayNode() : JSON.objectNode();
        }
        return (array ? there.isArray() : there.isObject()) ? there : null;
    }

    private static boolean set(JsonNode node, String step, JsonNode value) {
        if (node instanceof ObjectNode object && !isIndex(step)) {
            object.set(step, value);
            return true;
        }
        if (node instanceof ArrayNode array && isIndex(step)) {
            int index = Integer.parseInt(step);
            while (array.size() <= index) {
                array.addNull();
            }
            array.set(index, value);
            return true;
        }
        return false;
    }

    // Rows of a table keep their numbers when one of them is taken out in the browser.
    private static JsonNode withoutHoles(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(withoutHoles(field.getValue())));
            return object;
        }
        if (tree instanceof ArrayNode array) {
            ArrayNode full = JSON.arrayNode();
            array.forEach(element -> {
                if (!element.isNull()) {
                    full.add(withoutHoles(element));
                }
            });
            return full;
        }
        return tree;
    }

    private static JsonNode value(String text, @Nullable String mark) {
        return switch (mark == null ? "text" : mark) {
            case "number" -> number(text, 0);
            case "percent" -> number(text, 2);
            case "integer" -> integer(text);
            case "list" -> list(text);
            case "numbers" -> numbers(text);
            case "scalar" -> text.isEmpty() ? NullNode.getInstance() : Filters.scalar(text);
            case "json" -> json(text);
            default -> text.isEmpty() ? NullNode.getInstance() : JSON.stringNode(text);
        };
    }

    private static JsonNode number(String text, int places) {
        return text.isEmpty() || text.equals("∞")
                ? NullNode.getInstance()
                : JSON.stringNode(Numbers.typed(text)
                        .map(number -> number.movePointLeft(places)
                                .stripTrailingZeros()
                                .toPlainString())
                        .orElse(text));
    }

    private static JsonNode integer(String text) {
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        return text.matches("\\d{1,9}") ? JSON.numberNode(Integer.parseInt(text)) : JSON.stringNode(text);
    }

    private static JsonNode list(String text) {
        ArrayNode list = JSON.arrayNode();
        for (String part : text.split("[,\\n]", -1)) {
            if (!part.isBlank()) {
                list.add(part.strip());
            }
        }
        return list.isEmpty() ? NullNode.getInstance() : list;
    }

    // Commas stand within numbers too, so white space separates them.
    private static JsonNode numbers(String text) {
        ArrayNode list = JSON.arrayNode();
        for (String part : text.split("[\\s;]+", -1)) {
            String typed = part.endsWith(",") ? part.substring(0, part.length() - 1) : part;
            if (!typed.isEmpty()) {
                list.add(number(typed, 0));
            }
        }
        return list.isEmpty() ? NullNode.getInstance() : list;
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? NullNode.getInstance() : Json.mapper().readTree(text);
        } catch (JacksonException e) {
            throw new RuleException(
                    Kind.INVALID, "invalid_form", "The form was changed on its way. Load the page again.");
        }
    }
}
