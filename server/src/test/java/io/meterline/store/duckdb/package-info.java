/** The embedded engine held to the contract, and its own machinery under crashes and damage. */
@NullMarked
package io.meterline.store.duckdb;

import org.jspecify.annotations.NullMarked;
