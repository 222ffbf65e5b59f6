package io.meterline.file;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV by the typing rule that {@link CsvCells} reads by: text in quotes, everything else without. */
final class CsvTable implements TableWriter {

    private final Writer out;
    private List<TableColumn> columns = List.of();

    CsvTable(OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    @Override
    public void begin(List<TableColumn> named) throws IOException {
        columns = List.copyOf(named);
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            separate(i);
            if (name.chars().allMatch(c -> c > ' ' && c != ',' && c != '"' && c < 127)) {
                out.write(name);
            } else {
                quoted(name);
            }
        }
        out.write('\n');
    }

    @Override
    public void row(List<? extends @Nullable PropertyValue> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            separate(i);
            PropertyValue value = cells.get(i);
            if (value != null) {
                cell(value, columns.get(i).kind());
            }
        }
        out.write('\n');
    }

    private void cell(PropertyValue value, TableColumn.Kind kind) throws IOException {
        if (kind == TableColumn.Kind.JSON) {
            quoted(ValueJson.text(value));
            return;
        }
        switch (value) {
            case PropertyValue.Text(String text) -> {
                if (kind == TableColumn.Kind.TIME) {
                    out.write(text);
                } else {
                    quoted(text);
                }
            }
            case PropertyValue.Number number -> out.write(Decimals.text(number.value()));
            case PropertyValue.Bool bool -> out.write(Boolean.toString(bool.value()));
            case PropertyValue.Null _ -> {}
            case PropertyValue.Array array -> quoted(ValueJson.text(array));
        }
    }

    private void separate(int column) throws IOException {
        if (column > 0) {
            out.write(',');
        }
    }

    private void quoted(String text) throws IOException {
        out.write('"');
        out.write(text.indexOf('"') < 0 ? text : text.replace("\"", "\"\""));
        out.write('"');
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    @Override
    public void close() {}
}
