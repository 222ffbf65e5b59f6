package io.meterline.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the routes of a path.
 *
 * <p>Parts are compared before they are decoded, so that an id may hold an encoded slash: a company's own customer ids
 * are any text. Fixed parts win over {varying} ones: {@code /v1/events/rejected} is not the event "rejected".
 */
final class Router {

    /** The paths by their number of parts, fixed parts before varying ones. */
    private final Map<Integer, List<Path>> paths;

    private Router(Map<Integer, List<Path>> paths) {
        this.paths = paths;
    }

    /**
     * What is at a path.
     *
     * @param parameters the varying parts by name, decoded
     */
    record Match(Path path, Map<String, String> parameters) {}

    /** A path, its routes by method and all its methods for the header {@code Allow}. */
    record Path(String text, List<String> parts, Map<String, Route> routes, String allow) {

        private Optional<Match> match(List<String> sent) {
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.startsWith("{")) {
                    String value = decode(sent.get(i));
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    parameters.put(part.substring(1, part.length() - 1), value);
                } else if (!part.equals(sent.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(this, parameters));
        }

        /** The route of a method; HEAD is answered by GET. */
        Optional<Route> route(String method) {
            return Optional.ofNullable(routes.get(method.equals("HEAD") ? "GET" : method));
        }
    }

    static Router of(List<Route> routes) {
        Map<Integer, List<Path>> paths = routes.stream()
                .collect(Collectors.groupingBy(Route::path, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> path(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(path -> path.text().replace('{', Character.MAX_VALUE)))
                .collect(Collectors.groupingBy(path -> path.parts().size()));
        return new Router(paths);
    }

    /** What is at a path as it was sent, without its query. */
    Optional<Match> find(String rawPath) {
        List<String> sent = split(rawPath);
        for (Path path : paths.getOrDefault(sent.size(), List.of())) {
            Optional<Match> match = path.match(sent);
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    private static Path path(String text, List<Route> routes) {
        Map<String, Route> byMethod = new TreeMap<>();
        routes.forEach(route -> byMethod.put(route.method(), route));
        TreeSet<String> allowed = new TreeSet<>(byMethod.keySet());
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return new Path(text, split(text), byMethod, String.join(", ", allowed));
    }

    private static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    private static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
