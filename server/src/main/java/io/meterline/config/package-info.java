/**
 * What the operator decides before the start: flags, environment and file become one immutable {@link
 * io.meterline.config.Settings} tree.
 *
 * <p>Reading is strict. A key that is unknown or given twice, a variable that is misspelt and a value out of range stop
 * the start with the key, the allowed values and the place the value came from.
 */
@NullMarked
package io.meterline.config;

import org.jspecify.annotations.NullMarked;
