/**
 * The first stage of the flow: bytes or rows come in, valid events go to the store, and whatever is refused is named,
 * answered and kept.
 *
 * <p>The rules on what a valid event is stand in small classes of their own ({@link TimestampRules}, {@link NumberRules},
 * {@link RecordRules}, {@link EventTypeName}), so that pushed events, files and the rows of a loader are judged alike.
 * {@link EventParser} applies them to JSON without building a tree.
 */
@NullMarked
package io.meterline.ingest;

import org.jspecify.annotations.NullMarked;
