/** The first page: how things stand. */
@NullMarked
package io.meterline.console.overview;

import org.jspecify.annotations.NullMarked;
