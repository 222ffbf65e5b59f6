/** The write-ahead log: what it writes it reads, and what a crash leaves it takes or refuses. */
@NullMarked
package io.meterline.store.log;

import org.jspecify.annotations.NullMarked;
