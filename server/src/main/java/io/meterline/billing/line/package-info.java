/**
 * Lines: which events of a product which price takes, and what they come to.
 *
 * <p>A line holds all that it was priced by, so that the same usage can be priced the same way years later.
 */
@NullMarked
package io.meterline.billing.line;

import org.jspecify.annotations.NullMarked;
