/**
 * What a subscription's usage comes to, period by period: open statements that follow the usage, closed ones that nothing
 * changes, and adjustments for usage that arrives or changes after a close.
 *
 * <p>The sum of all statements of a subscription is the price of its true usage.
 */
@NullMarked
package io.meterline.billing.statement;

import org.jspecify.annotations.NullMarked;
