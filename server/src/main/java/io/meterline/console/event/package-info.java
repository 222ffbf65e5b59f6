/**
 * Events as people look for them: the list with its filters and live tail, one event and what counts it, what was refused
 * and can be replayed, and events that are made up in test.
 */
@NullMarked
package io.meterline.console.event;

import org.jspecify.annotations.NullMarked;
