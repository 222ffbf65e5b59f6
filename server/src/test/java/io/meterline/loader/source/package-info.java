/** Tests of reading source databases, on a real PostgreSQL. */
@NullMarked
package io.meterline.loader.source;

import org.jspecify.annotations.NullMarked;
