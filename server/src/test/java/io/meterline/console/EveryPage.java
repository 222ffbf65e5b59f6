package io.meterline.console;

import io.meterline.testing.ApiClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every page of the console with the sample company, by a name for its picture; each below {@code /console/live}. */
final class EveryPage {

    private EveryPage() {}

    static Map<String, String> of(ApiClient api) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "");
        pages.put("events", "/events");
        pages.put("event", "/events/" + first(api, "/v1/events?take=1"));
        pages.put("rejected", "/events/rejected");
        pages.put("loaders", "/loaders");
        pages.put("loader-new", "/loaders/new");
        String loader = named(api, "/v1/loaders?take=50", "Orders");
        pages.put("loader", "/loaders/" + loader);
        pages.put("loader-failing", "/loaders/" + named(api, "/v1/loaders?take=50", "Refunds"));
        pages.put("runs", "/loaders/" + loader + "/runs");
        pages.put("run", "/loaders/" + loader + "/runs/" + first(api, "/v1/loaders/" + loader + "/runs?take=1"));
        pages.put("connections", "/loaders/connections");
        pages.put("connection-new", "/loaders/connections/new");
        pages.put("connection-edit", "/loaders/connections/" + first(api, "/v1/connections?take=1") + "/edit");
        pages.put("imports", "/imports");
        pages.put("import-refused", "/imports/" + first(api, "/v1/imports?take=1"));
        pages.put("customers", "/customers");
        pages.put("customers-pending", "/customers?status=automatically_created");
        pages.put("customer", "/customers/globex");
        pages.put("aggregators", "/aggregators");
        pages.put("aggregator-new", "/aggregators/new");
        pages.put("aggregator", "/aggregators/" + first(api, "/v1/aggregators?take=1"));
        pages.put("products", "/products");
        pages.put("product", "/products/" + named(api, "/v1/products?take=50", "API calls"));
        pages.put("product-new", "/products/new");
        pages.put("subscriptions", "/subscriptions");
        String subscription = first(api, "/v1/subscriptions?take=1");
        pages.put("subscription", "/subscriptions/" + subscription);
        pages.put("subscription-new", "/subscriptions/new");
        pages.put("statement", "/statements/" + id(api, "/v1/subscriptions/" + subscription + "/statements"));
        pages.put("subscription-change", "/subscriptions/" + subscription + "/change");
        pages.put("subscription-edit", "/subscriptions/" + subscription + "/edit");
        pages.put("simulations", "/simulations");
        pages.put("simulation", "/simulations/" + first(api, "/v1/simulations?take=1"));
        pages.put("simulation-new", "/simulations/new");
        pages.put("search", "/search?q=glo");
        pages.put("settings", "/settings");
        pages.put("settings-users", "/settings/users");
        pages.put("settings-environment", "/settings/environment");
        pages.put("settings-audit", "/settings/audit");
        pages.put("settings-account", "/settings/account");
        return pages;
    }

    private static String first(ApiClient api, String list) {
        return api.get(list).json().at("/data/0/id").asString();
    }

    private static String id(ApiClient api, String list) {
        var answer = api.get(list).json();
        return answer.path("id").asString(answer.at("/data/0/id").asString(""));
    }

    private static String named(ApiClient api, String list, String name) {
        for (var entry : api.get(list).json().path("data")) {
            if (entry.path("name").asString("").equals(name)) {
                return entry.path("id").asString();
            }
        }
        throw new AssertionError("nothing is called " + name);
    }
}
