package io.meterline.customer;

/** What happens to an external id that nobody knows. */
public enum CreatePolicy {
    /** It makes a customer with the status {@code automatically_created}. */
    CREATE,
    /** It is refused with {@code unknown_customer}. */
    REFUSE
}
