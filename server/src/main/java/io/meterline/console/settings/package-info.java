/**
 * The pages of keys, people, switches of the environment, the audit log, and one's own account.
 *
 * <p>Keys and switches go through the API. People do not: the API has none, so these pages use {@code access} itself, and
 * write what they change to the audit log.
 */
@NullMarked
package io.meterline.console.settings;

import org.jspecify.annotations.NullMarked;
