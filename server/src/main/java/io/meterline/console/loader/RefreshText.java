package io.meterline.console.loader;

import io.meterline.console.Choice;
import java.util.List;

/** When a data loader runs, in words. */
final class RefreshText {

    /** The value of the select that stands for a cron text. */
    static final String CRON = "cron";

    static final String USUAL = "PT1H";

    private static final List<Choice> CHOICES = List.of(
            new Choice("PT5M", "every 5 minutes"),
            new Choice("PT15M", "every 15 minutes"),
            new Choice("PT30M", "every 30 minutes"),
            new Choice(USUAL, "every hour"),
            new Choice("PT6H", "every 6 hours"),
            new Choice("PT12H", "every 12 hours"),
            new Choice("PT24H", "every day"),
            new Choice("manual", "by hand only"),
            new Choice(CRON, "at times of a cron text"));

    private RefreshText() {}

    static List<Choice> choices() {
        return CHOICES;
    }

    static boolean isListed(String refresh) {
        return CHOICES.stream().anyMatch(choice -> choice.value().equals(refresh));
    }

    static String of(String refresh) {
        return CHOICES.stream()
                .filter(choice -> choice.value().equals(refresh))
                .map(Choice::label)
                .findFirst()
                .orElse("at " + refresh + " UTC");
    }
}
