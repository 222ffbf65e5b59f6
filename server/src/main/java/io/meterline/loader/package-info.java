/**
 * The pull side: connections to source databases, loaders that query them, and runs.
 *
 * <p>A loader is a query on a connection. A run streams its rows, turns each into an event (a bad one is set aside with
 * its reason), resolves customers batch by batch and hands the events to the store, a few groups at a time. Runs have
 * threads of their own and never hold up pushes. How a database is read is the business of {@link
 * io.meterline.loader.source}.
 */
@NullMarked
package io.meterline.loader;

import org.jspecify.annotations.NullMarked;
