/**
 * What of a record looks like the data of a person: the signs that product.md's guard knows, and nothing of what to do about
 * them.
 */
@NullMarked
package io.meterline.ingest.personal;

import org.jspecify.annotations.NullMarked;
