package io.meterline.loader.source;

/** A kind of database that can be read. Safe for use by many threads; every call opens a connection of its own. */
public interface SourceDatabase {

    /**
     * Opens the database and runs a blank query.
     *
     * <p>Throws {@link SourceException} that says what is wrong: host, port, TLS, password, database or rights.
     */
    void check(SourceAddress address);

    /**
     * Starts a query in a read-only transaction and streams its rows. The caller closes the stream.
     *
     * <p>Throws {@link SourceException} when the database cannot be opened or refuses the query.
     */
    RowStream open(SourceAddress address, SqlText query, ReadLimits limits);

    /** What a reading user should be granted, as statements to run on the source, one a line. */
    String recommendedGrants(SourceAddress address);
}
