package io.meterline.event;

/** A named value of a record. Names are 1..128 characters and compared exactly: {@code Amount} is not {@code amount}. */
public record Property(String name, PropertyValue value) {

    /** The name under which filters, operations and groups address the id of a record. */
    public static final String ID = "id";
}
