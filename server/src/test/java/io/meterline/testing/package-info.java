/** What tests of every package share; nothing in here tests anything itself. */
@NullMarked
package io.meterline.testing;

import org.jspecify.annotations.NullMarked;
