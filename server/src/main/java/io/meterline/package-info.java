/** The entry point and the composition root: the only package that may import every other. */
@NullMarked
package io.meterline;

import org.jspecify.annotations.NullMarked;
