package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of another stream, for those who change how they come. */
class ForwardingRows implements RowStream {

    private final RowStream inside;

    ForwardingRows(RowStream inside) {
        this.inside = inside;
    }

    @Override
    public List<Column> columns() {
        return inside.columns();
    }

    @Override
    public int fetch(int rows) {
        return inside.fetch(rows);
    }

    @Override
    public boolean next() {
        return inside.next();
    }

    @Override
    public boolean isNull(int column) {
        return inside.isNull(column);
    }

    @Override
    public PropertyValue value(int column) {
        return inside.value(column);
    }

    @Override
    public long micros(int column) {
        return inside.micros(column);
    }

    @Override
    public @Nullable String text(int column) {
        return inside.text(column);
    }

    @Override
    public int bytes() {
        return inside.bytes();
    }
}
