/**
 * What the operator sees of the running server: figures for Prometheus and the checks behind readiness.
 *
 * <p>No name or label holds anything that a caller sent.
 */
@NullMarked
package io.meterline.observe;

import org.jspecify.annotations.NullMarked;
