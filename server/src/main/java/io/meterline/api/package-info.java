/**
 * The routes of the HTTP API, one class for each subject.
 *
 * <p>A class here reads the request, calls the service that does the work, and shapes the answer. It is described in the
 * file under {@code openapi/paths} that its {@code register} names, and a test holds the two against each other.
 */
@NullMarked
package io.meterline.api;

import org.jspecify.annotations.NullMarked;
