/**
 * Customers: who usage belongs to.
 *
 * <p>A customer has a Meterline id, usually an external id, and a number, which is what events carry. Names that lead to
 * a customer never stop doing so: a changed external id stays as an alias, and a customer that was merged leads to the
 * one it was merged into. {@link io.meterline.customer.Customers} is what people do with them, {@link
 * io.meterline.customer.CustomerDirectory} what the flow of events asks, from memory.
 */
@NullMarked
package io.meterline.customer;

import org.jspecify.annotations.NullMarked;
