/**
 * Aggregators: what is measured, the form in which a measure is made up while its figures are looked at, and the usage by
 * each. Figures come from {@code /v1/usage} and lead to the events behind them.
 */
@NullMarked
package io.meterline.console.aggregator;

import org.jspecify.annotations.NullMarked;
