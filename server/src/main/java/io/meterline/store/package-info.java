/**
 * Where events live: what can be written to and asked of an event store, whatever its engine.
 *
 * <p>{@link EventWriter} takes groups of events and answers when they are durable; {@link EventReader} answers exact
 * figures over the current version of every record. Each engine lives in a package of its own and passes one contract
 * test. The rules of filters and measures stand here, in the records that ask for them.
 */
@NullMarked
package io.meterline.store;

import org.jspecify.annotations.NullMarked;
