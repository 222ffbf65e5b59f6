/**
 * The write-ahead log of the embedded store: what makes an event durable before it is acknowledged.
 *
 * <p>An append-only file of checksummed frames, one frame for each request. A frame is there whole or not at all. The
 * database behind the log may lag; at start it is brought up to date from here.
 */
@NullMarked
package io.meterline.store.log;

import org.jspecify.annotations.NullMarked;
