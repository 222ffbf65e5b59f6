/**
 * What brings events in by itself: connections to source databases, the data loaders that query them, their runs, and files
 * that are imported.
 */
@NullMarked
package io.meterline.console.loader;

import org.jspecify.annotations.NullMarked;
