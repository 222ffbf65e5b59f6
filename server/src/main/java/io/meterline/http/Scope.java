package io.meterline.http;

/** What a key may do. */
public enum Scope {
    /** Send events. */
    INGEST,
    /** Read everything but keys. */
    READ,
    /** Create and change customers, aggregators, loaders. */
    WRITE,
    /** Everything, keys and settings included; implies the others. */
    ADMIN
}
