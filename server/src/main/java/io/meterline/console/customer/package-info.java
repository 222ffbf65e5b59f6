/**
 * Customers: those that were confirmed, those that usage made, and all there is to know about one. What people do here is
 * what {@code /v1/customers} does.
 */
@NullMarked
package io.meterline.console.customer;

import org.jspecify.annotations.NullMarked;
