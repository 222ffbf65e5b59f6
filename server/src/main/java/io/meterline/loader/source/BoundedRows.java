package io.meterline.loader.source;

/** Rows of which there may be so many and no more: past a limit the source has failed. */
final class BoundedRows extends ForwardingRows {

    private final RowLimits limits;
    private final String setting;
    private final String whose;
    private long rows;
    private long bytes;

    /**
     * @param setting what its name begins with, before {@code rows} or {@code bytes}
     * @param whose as in {@code server}
     */
    BoundedRows(RowStream inside, RowLimits limits, String setting, String whose) {
        super(inside);
        this.limits = limits;
        this.setting = setting;
        this.whose = whose;
    }

    @Override
    public boolean next() {
        if (!super.next()) {
            return false;
        }
        rows++;
        bytes += bytes();
        if (limits.rows() > 0 && rows > limits.rows()) {
            throw past("too_many_rows", limits.rows() + " rows", "rows", "fewer at a time, or with a cursor");
        }
        if (limits.bytes() > 0 && bytes > limits.bytes()) {
            throw past("too_many_bytes", limits.bytes() + " bytes", "bytes", "fewer columns or rows at a time");
        }
        return true;
    }

    private SourceException past(String code, String most, String what, String instead) {
        return new SourceException(
                code,
                "The query returns more than " + most + ", the limit " + setting + what + " of this " + whose
                        + ". Read " + instead + ".",
                null);
    }
}
