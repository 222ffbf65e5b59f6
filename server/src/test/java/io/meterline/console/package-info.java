@NullMarked
package io.meterline.console;

import org.jspecify.annotations.NullMarked;
