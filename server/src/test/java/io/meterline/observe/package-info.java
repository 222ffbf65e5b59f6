/** Tests of what the operator sees. */
@NullMarked
package io.meterline.observe;

import org.jspecify.annotations.NullMarked;
