/** Products: what is sold at which prices, their versions, and the tier editor in which they are written. */
@NullMarked
package io.meterline.console.product;

import org.jspecify.annotations.NullMarked;
