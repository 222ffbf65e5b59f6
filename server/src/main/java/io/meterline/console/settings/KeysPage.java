package io.meterline.console.settings;

import io.meterline.console.Choice;
import io.meterline.console.Pager;
import io.meterline.console.Refused;
import io.meterline.console.Tab;
import io.meterline.http.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of API keys.
 *
 * @param made the key that was just made, with its secret where it is shown for the first time
 * @param typed what was sent and refused
 */
public record KeysPage(
        List<Tab> tabs,
        List<Row> rows,
        @Nullable Pager pager,
        @Nullable Key made,
        Fields typed,
        Refused refused,
        String curl) {

    /** How long a new key may be good. */
    public static final List<Choice> EXPIRY = List.of(
            new Choice("", "never"),
            new Choice("30", "after 30 days"),
            new Choice("90", "after 90 days"),
            new Choice("365", "after a year"));

    /** The scopes and what they allow. */
    public static final List<ScopeWords> SCOPES = List.of(
            new ScopeWords("ingest", "Send events", "For the code that reports usage."),
            new ScopeWords("read", "Read", "Events, usage, prices, statements."),
            new ScopeWords(
                    "write", "Create and change", "Customers, loaders, products, subscriptions; closes statements."),
            new ScopeWords("admin", "Everything", "Also keys, settings and the erasure of customers."));

    /** A scope in words. */
    public record ScopeWords(String scope, String label, String hint) {}

    /** A key, as the API answers it. */
    public record Key(
            String id,
            @Nullable String name,
            @Nullable String key,
            String hint,
            List<String> scopes,
            @Nullable Integer eventsPerSecond,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        /** Its name, or what can be shown of its secret. */
        public String called() {
            return name == null ? hint : name;
        }
    }

    /** A line of the list. */
    public record Row(Key key, boolean expired) {}

    record Listing(Meta meta, List<Key> data) {}

    record Meta(long total) {}

    /** Whether a scope is ticked: those that were sent, or what code that reports usage needs. */
    public boolean ticked(String scope) {
        return refused.any() ? typed.all("scope").contains(scope) : scope.equals("ingest");
    }

    /** Whether the form of a new key was refused and not one about a key. */
    public boolean refusedNew() {
        return refused.any() && typed.isOn("new");
    }
}
