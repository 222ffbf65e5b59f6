/**
 * From usage to what is to be paid: the notation of prices, and what is built on it.
 *
 * <p>The arithmetic is in {@link io.meterline.price}, the figures come from {@link io.meterline.meter}; here the two meet.
 */
@NullMarked
package io.meterline.billing;

import org.jspecify.annotations.NullMarked;
