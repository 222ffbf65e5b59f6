/**
 * The control database: customers, keys, loaders, aggregators, everything but events.
 *
 * <p>Embedded it is a SQLite file. The SQL of every package that uses it is written so that PostgreSQL takes it as well;
 * what differs in table definitions is a placeholder of the migrations. Native calls pin virtual threads, therefore the
 * work runs on a few platform threads and the caller waits.
 */
@NullMarked
package io.meterline.control;

import org.jspecify.annotations.NullMarked;
