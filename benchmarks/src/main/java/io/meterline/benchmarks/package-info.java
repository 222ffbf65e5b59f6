/** Measures the real server from a second process, each figure beside a baseline of the same run. */
@NullMarked
package io.meterline.benchmarks;

import org.jspecify.annotations.NullMarked;
