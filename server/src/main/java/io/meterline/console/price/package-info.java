/**
 * Prices as people write them: the tier editor, the curve that follows it, and what a price is in words.
 *
 * <p>The fields of a form are named by the JSON paths of what the form makes, so that each error of the API finds its
 * field, and a form becomes JSON without a rule for each model. Figures come from {@code /v1/prices/preview} alone.
 */
@NullMarked
package io.meterline.console.price;

import org.jspecify.annotations.NullMarked;
