package io.meterline.console;

/** The entries of the rail. */
public enum Area {
    OVERVIEW("Overview", "", "overview", "o"),
    EVENTS("Events", "/events", "events", "e"),
    LOADERS("Data loaders", "/loaders", "loaders", "l"),
    CUSTOMERS("Customers", "/customers", "customers", "c"),
    AGGREGATORS("Aggregators", "/aggregators", "aggregators", "a"),
    PRODUCTS("Products", "/products", "products", "p"),
    SUBSCRIPTIONS("Subscriptions", "/subscriptions", "subscriptions", "u"),
    SIMULATIONS("Simulations", "/simulations", "simulations", "m"),
    SETTINGS("Settings", "/settings", "settings", "s");

    private final String title;
    private final String path;
    private final String icon;
    private final String key;

    Area(String title, String path, String icon, String key) {
        this.title = title;
        this.path = path;
        this.icon = icon;
        this.key = key;
    }

    public String title() {
        return title;
    }

    /** Below {@code /console/<environment>}. */
    public String path() {
        return path;
    }

    /** Its name in the sprite. */
    public String icon() {
        return icon;
    }

    /** What is pressed after {@code g} to go there. */
    public String key() {
        return key;
    }
}
