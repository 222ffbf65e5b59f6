/** Simulations: what other prices would have come to, composed with the tier editor, followed while they run, and read. */
@NullMarked
package io.meterline.console.simulation;

import org.jspecify.annotations.NullMarked;
