/**
 * The HTTP edge: the server, strict JSON, bodies, query parameters, problems, authentication and idempotency.
 *
 * <p>Handlers are functions from a {@link io.meterline.http.Call} to a {@link io.meterline.http.Reply}, registered in
 * {@link io.meterline.http.Routes}. What every route owes its callers (who may call, unknown parameters, limits, the
 * form of an error) is settled here once, so that a handler says only what it does. Nothing here knows what an event or
 * a customer is.
 */
@NullMarked
package io.meterline.http;

import org.jspecify.annotations.NullMarked;
