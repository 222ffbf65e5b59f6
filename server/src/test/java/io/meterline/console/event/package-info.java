/** Tests of the pages of events that need no browser. */
@NullMarked
package io.meterline.console.event;

import org.jspecify.annotations.NullMarked;
