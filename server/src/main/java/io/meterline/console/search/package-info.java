/** Finding things by their name or id, from the top line of every page. */
@NullMarked
package io.meterline.console.search;

import org.jspecify.annotations.NullMarked;
