@NullMarked
package io.meterline.console.loader;

import org.jspecify.annotations.NullMarked;
