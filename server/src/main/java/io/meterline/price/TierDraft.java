package io.meterline.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A tier as a user wrote it; null is what was left out. */
public record TierDraft(
        @Nullable BigDecimal upTo,
        @Nullable BigDecimal unitAmount,
        @Nullable BigDecimal flatAmount,
        @Nullable BigDecimal rate) {}
