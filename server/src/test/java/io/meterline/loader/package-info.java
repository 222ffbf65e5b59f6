/** Tests of loaders and runs, on a real PostgreSQL and the reference store. */
@NullMarked
package io.meterline.loader;

import org.jspecify.annotations.NullMarked;
