package io.meterline.billing.statement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a statement, open ones included: {@code sta_}, what tells its subscription, and its number.
 *
 * @param number within the subscription, from 1
 */
record StatementId(String subscriptionId, int number) {

    private static final Pattern FORM = Pattern.compile("sta_([0-9a-f]{24})_([1-9][0-9]{0,5})");
    private static final String SUBSCRIPTION = "sub_";

    static Optional<StatementId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new StatementId(SUBSCRIPTION + matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return "sta_" + subscriptionId.substring(SUBSCRIPTION.length()) + "_" + number;
    }
}
