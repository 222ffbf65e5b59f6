package io.meterline.loader.source;

import java.util.List;
import java.util.OptionalLong;

/**
 * One connection to a source, for one query: describe it, run it, read its rows, close.
 *
 * <p>One thread uses it; {@link #cancel} may come from any. Everything happens in one read-only transaction, or in as
 * much of one as the source has. Methods throw {@link SourceException} when the source fails or refuses.
 */
public interface SourceSession extends AutoCloseable {

    /** The source's clock and open transactions. Ask before {@link #read}. */
    SourceMoment moment();

    /**
     * The columns that a query will return, without running it.
     *
     * <p>The type of {@code :cursor} is not known yet: it will be that of its column. A source that must know types
     * tries those that a column can have.
     */
    List<Column> columns(SqlText query);

    /** How many rows a query will return, as far as the source can tell without work; empty when it cannot. */
    default OptionalLong estimate(SqlText query, Bindings bindings) {
        return OptionalLong.empty();
    }

    /** Runs the query. Call it once. The rows end with the session. */
    RowStream read(SqlText query, Bindings bindings);

    /**
     * A number greater than that of every transaction that wrote before this call; ask after the last row. Empty when the
     * source does not number them. {@link SourceMoment#oldestOpen} of a later run is compared with it. Throws {@code
     * IllegalStateException} while there are rows to come.
     */
    default OptionalLong nextTransaction() {
        return OptionalLong.empty();
    }

    /** Makes the source stop; the call that is going on, or the next, then throws with the code {@code cancelled}. */
    void cancel();

    /** Ends the read. A source that is still sending is told to stop. */
    @Override
    void close();
}
