package io.meterline.loader.source;

/** A kind of database that can be read. Safe for use by many threads; every call opens a connection of its own. */
public interface SourceDatabase {

    /**
     * Opens the database and runs a blank query.
     *
     * <p>Throws {@link SourceException} that says what is wrong: host, port, TLS, password, database or rights.
     *
     * @return what answered, as in {@code PostgreSQL 17.2}
     */
    String check(SourceAddress address);

    /**
     * Connects for one query. The caller closes the session.
     *
     * <p>Throws {@link SourceException} when the database cannot be opened.
     */
    SourceSession open(SourceAddress address, ReadLimits limits);

    /** What a reading user should be granted, as statements to run on the source, one a line. */
    String recommendedGrants(SourceAddress address);
}
