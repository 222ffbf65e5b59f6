/**
 * The databases that rows are pulled from: one class per provider behind {@link
 * io.meterline.loader.source.SourceDatabase}.
 *
 * <p>A source opens a database with a blank query, runs one read-only statement and hands its rows over one at a time as
 * {@link io.meterline.loader.source.RowStream}, in constant memory. What goes wrong is a {@link
 * io.meterline.loader.source.SourceException} with a code and a sentence that a person can act on. Nothing here knows
 * loaders, runs or events.
 */
@NullMarked
package io.meterline.loader.source;

import org.jspecify.annotations.NullMarked;
