/** The first page: what matters now, and for an empty server the first steps. */
@NullMarked
package io.meterline.console.overview;

import org.jspecify.annotations.NullMarked;
