@NullMarked
package io.meterline.console.aggregator;

import org.jspecify.annotations.NullMarked;
