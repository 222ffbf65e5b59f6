/**
 * The pages for people who do not use the API.
 *
 * <p>A page is a client of the API in the same process ({@link io.meterline.console.Api}): what a person does here is
 * checked, answered and written to the audit log as if a program had done it, with the rights of the person's role. So the
 * console has no rules of its own but those of signing in.
 */
@NullMarked
package io.meterline.console;

import org.jspecify.annotations.NullMarked;
