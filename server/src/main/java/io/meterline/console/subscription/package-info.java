/**
 * The pages of subscriptions and of their statements: who is on what, since when, and what each period comes to.
 *
 * <p>A statement is a document: its period is shown in the time zone of the subscription and not in that of the viewer.
 */
@NullMarked
package io.meterline.console.subscription;

import org.jspecify.annotations.NullMarked;
