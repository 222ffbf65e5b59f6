/**
 * The embedded event store: a log that makes events durable, and DuckDB that answers for them.
 *
 * <p>The way of an event: {@code Committer} writes it to the log together with whatever else is waiting and tells its
 * sender; {@code Applier} decides by the key index which version of each key is current and appends to the <em>recent</em>
 * tables; {@code Folder} moves recent rows, in order of customer and time, into the <em>main</em> tables. A version that
 * was beaten is named in a <em>dead</em> table at once and is gone from every answer; its row is deleted when the fold
 * comes by. Reads see one consistent moment of all of them.
 *
 * <p>DuckDB keeps no log of its own here: what it has not checkpointed is in ours and is applied again at start.
 */
@NullMarked
package io.meterline.store.duckdb;

import org.jspecify.annotations.NullMarked;
