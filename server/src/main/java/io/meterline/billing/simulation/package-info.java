/**
 * What other prices would have come to: up to five candidates over the real usage of past periods, beside a baseline.
 *
 * <p>A simulation is asked for, queued, run on a thread of its own and kept. It goes over the customers chunk by chunk. The
 * usage of a chunk is asked for once for each distinct way of measuring, by customer and period, whatever the number of
 * prices; every price is then applied to it as a statement line would apply it. What it needs does not grow with the number of
 * customers: sums are kept in memory, the amounts of each customer and period go to a file.
 */
@NullMarked
package io.meterline.billing.simulation;

import org.jspecify.annotations.NullMarked;
