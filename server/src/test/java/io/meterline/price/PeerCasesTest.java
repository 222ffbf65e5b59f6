package io.meterline.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What Stripe, Lago, OpenMeter, Orb and Kill Bill say that something costs, in their documentation and in their own tests.
 *
 * <p>The rows of {@code peer-cases.csv} name their source (an address, or repository, path and commit) and stand in its
 * order. Of a source, every case that says an amount is taken, except: a case that an earlier one repeats; what is about
 * when a line is billed, not about how much it is (a split period that is not over, proration in time); a price over
 * several meters at once. Rates in percent are written as shares; Kill Bill's bitcoins are written as dollars, since they
 * are none of ISO 4217; Lago charges no flat amount at zero, which is {@code zero_usage_flat=skip}.
 *
 * <p>{@code earlier} is usage of the same period that was billed before, and {@code billed} what was charged for it, where
 * the source says so: the amount is then what is still to be paid. Where {@code amount} has more decimals than the
 * currency it is the exact amount. {@code ours} is there where we differ, and {@code why} says why that is on purpose.
 */
final class PeerCasesTest {

    private static final String CASES = "/price/peer-cases.csv";

    @ParameterizedTest(name = "{1}: {3} of {4}{5} is {8}")
    @CsvFileSource(resources = CASES, numLinesToSkip = 1)
    void peersAndWeAgree(ArgumentsAccessor row) {
        Price price = PriceCheck.check(draft(text(row, 3)), "price").strict();
        Currency currency = Currencies.of(text(row, 2)).orElseThrow();
        BigDecimal expected = new BigDecimal(Objects.requireNonNullElse(row.getString(9), text(row, 8)));
        String events = row.getString(5);

        Charge charge = events == null
                ? charge(price, currency, row)
                : price.charge(Usage.ofEvents(TestPrices.numbers(events)), currency);

        boolean exact = expected.scale() > Currencies.decimals(currency);
        BigDecimal amount = exact ? charge.exactAmount() : charge.amount();
        assertThat(amount.subtract(billed(price, currency, row)))
                .as("%s: %s", row.getString(0), row.getString(1))
                .isEqualByComparingTo(expected);
    }

    private static Charge charge(Price price, Currency currency, ArgumentsAccessor row) {
        String earlier = row.getString(6);
        BigDecimal before = earlier == null ? BigDecimal.ZERO : new BigDecimal(earlier);
        return price.charge(Usage.of(before.add(new BigDecimal(text(row, 4)))), currency);
    }

    private static BigDecimal billed(Price price, Currency currency, ArgumentsAccessor row) {
        String earlier = row.getString(6);
        String billed = row.getString(7);
        if (billed != null || earlier == null) {
            return billed == null ? BigDecimal.ZERO : new BigDecimal(billed);
        }
        return price.charge(Usage.of(new BigDecimal(earlier)), currency).amount();
    }

    @Test
    void thereAreManyCasesAndFewDifferences() {
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(120);
        for (String peer : List.of("stripe.com/", "lago", "openmeter", "withorb.com/", "killbill")) {
            assertThat(lines).as(peer).anyMatch(line -> line.contains(peer));
        }
        List<String> different =
                lines.stream().filter(line -> !line.endsWith(",,")).toList();
        assertThat(different)
                .hasSizeLessThanOrEqualTo(10)
                .allSatisfy(line -> assertThat(line).as("says why").matches(".*,[0-9.]+,\"?[A-Z][^\"]{40,}\"?"));
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(PeerCasesTest.class.getResourceAsStream(CASES))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A price as {@code model what field=value …}, where what is an amount, {@code size:amount} of a package, or tiers as
     * {@code up_to:unit_amount+flat_amount}, with {@code *} for no end.
     */
    private static PriceDraft draft(String text) {
        List<String> words = List.of(text.split(" ", -1));
        PriceDraft draft = PriceDraft.EMPTY.with(Field.MODEL, words.getFirst());
        List<TierDraft> tiers = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            if (word.contains("=")) {
                draft = with(draft, word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else if (words.getFirst().equals("package")) {
                draft = with(draft, "package_size", word.substring(0, word.indexOf(':')));
                draft = with(draft, "package_amount", word.substring(word.indexOf(':') + 1));
            } else if (word.contains(":")) {
                tiers.add(tier(word, words.getFirst().equals("graduated_percentage")));
            } else {
                draft = with(draft, words.getFirst().equals("flat") ? "amount" : "unit_amount", word);
            }
        }
        return tiers.isEmpty() ? draft : draft.withTiers(tiers);
    }

    private static PriceDraft with(PriceDraft draft, String name, String value) {
        Field field = Field.of(name).orElseThrow();
        return field.kind().isNumber() ? draft.with(field, new BigDecimal(value)) : draft.with(field, value);
    }

    private static TierDraft tier(String text, boolean isRate) {
        String upTo = text.substring(0, text.indexOf(':'));
        List<BigDecimal> amounts = Arrays.stream(
                        text.substring(upTo.length() + 1).split("\\+", -1))
                .map(BigDecimal::new)
                .toList();
        BigDecimal unit = amounts.getFirst();
        return new TierDraft(
                upTo.equals("*") ? null : new BigDecimal(upTo),
                isRate ? null : unit,
                amounts.size() == 1 ? null : amounts.get(1),
                isRate ? unit : null);
    }

    private static String text(ArgumentsAccessor row, int column) {
        @Nullable String text = row.getString(column);
        return Objects.requireNonNull(text, "column " + column);
    }
}
