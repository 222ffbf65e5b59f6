@NullMarked
package io.meterline.console.customer;

import org.jspecify.annotations.NullMarked;
