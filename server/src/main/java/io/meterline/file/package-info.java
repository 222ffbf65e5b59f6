/**
 * Events in files: {@link Imports} takes CSV, NDJSON and Parquet in.
 *
 * <p>An upload is spooled to disk first. Every record of it becomes one line of JSON as the push API takes it, so that a
 * file is judged by the rules of {@code ingest} and by no others. By default all of a file is judged before any of it is
 * stored; what was stored when the server dies is known, and the rest follows at the next start.
 */
@NullMarked
package io.meterline.file;

import org.jspecify.annotations.NullMarked;
