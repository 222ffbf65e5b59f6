/**
 * Who may do what, how often, and what an environment is set to: API keys, event rates, idempotency keys, environment
 * settings; people, their passwords, sessions and one-time links; the log of who
 * changed what.
 *
 * <p>{@link io.meterline.access.ApiKeys#authenticate} runs before every request and answers from memory; a key that is
 * deleted stops working before the deletion is answered.
 */
@NullMarked
package io.meterline.access;

import org.jspecify.annotations.NullMarked;
