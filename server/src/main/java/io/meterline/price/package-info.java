/**
 * How a quantity becomes an amount.
 *
 * <p>Pure arithmetic over {@code BigDecimal}: nothing is read, stored or asked for here, and nothing knows of customers,
 * periods or JSON. A {@link Price} is a {@link Model} (how units are priced) with {@link Terms} (free units, discount,
 * minimum, maximum). Given {@link Usage} it answers a {@link Breakdown}, whose lines are exact, and rounded once, in
 * {@link Charge}, whose lines add up to the amount to the last digit. What a user wrote is a {@link PriceDraft}, and {@link
 * PriceCheck} says everything that is wrong with it. {@link Preview} draws the curve and warns of its surprises.
 */
@NullMarked
package io.meterline.price;

import org.jspecify.annotations.NullMarked;
