/** The key index held to a map. */
@NullMarked
package io.meterline.store.key;

import org.jspecify.annotations.NullMarked;
