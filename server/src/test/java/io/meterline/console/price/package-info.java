@NullMarked
package io.meterline.console.price;

import org.jspecify.annotations.NullMarked;
