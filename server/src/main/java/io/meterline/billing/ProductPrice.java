package io.meterline.billing;

import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.Currency;

/**
 * A price of a product, for subscriptions of its currency and interval.
 *
 * @param filter which of the product's events it prices; {@link Filter#NONE} for those that no other price takes
 */
public record ProductPrice(Currency currency, Interval interval, Filter filter, Price price) {}
