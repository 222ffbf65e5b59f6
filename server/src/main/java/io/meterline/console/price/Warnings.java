package io.meterline.console.price;

/** What the API warns of, in a badge. */
final class Warnings {

    private Warnings() {}

    static Live.Warning shown(Preview.Warning warning) {
        String label = switch (warning.code()) {
            case "amount_falls" ->
                warning.quantity() == null
                        ? "falls"
                        : "falls after " + Numbers.shown(warning.quantity().toPlainString());
            case "tier_without_effect" -> "tier without effect";
            case "rate_above_one" -> "more than 100 %";
            case "tier_unreachable" -> "tier out of reach";
            case "tiers_gap" -> "gap";
            default -> warning.code().replace('_', ' ');
        };
        return new Live.Warning(label, warning.message());
    }
}
