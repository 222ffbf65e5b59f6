package io.meterline.loader.source;

/** Rows of which there may be so many and no more: past a limit the source has failed. */
final class BoundedRows extends ForwardingRows {

    private final long maxRows;
    private final long maxBytes;
    private long rows;
    private long bytes;

    /**
     * @param maxRows 0 for any number
     * @param maxBytes 0 for any number
     */
    BoundedRows(RowStream inside, long maxRows, long maxBytes) {
        super(inside);
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean next() {
        if (!super.next()) {
            return false;
        }
        rows++;
        bytes += bytes();
        if (maxRows > 0 && rows > maxRows) {
            throw new SourceException(
                    "too_many_rows",
                    "The query returns more than " + maxRows + " rows, the limit loader.max_rows of this server. Read"
                            + " fewer at a time, or with a cursor.",
                    null);
        }
        if (maxBytes > 0 && bytes > maxBytes) {
            throw new SourceException(
                    "too_many_bytes",
                    "The query returns more than " + maxBytes
                            + " bytes, the limit loader.max_bytes of this server. Read"
                            + " fewer columns or rows at a time.",
                    null);
        }
        return true;
    }
}
