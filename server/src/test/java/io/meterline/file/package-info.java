@NullMarked
package io.meterline.file;

import org.jspecify.annotations.NullMarked;
