package io.meterline.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of a CSV file (RFC 4180, UTF-8, commas) behind the one that names its columns. */
final class CsvRecords implements RecordSource {

    // No event is longer, so what is longer has a quote that is not closed.
    private static final int MAX_LINE_CHARS = 1 << 20;

    private final FileBytes file;
    private final CloseableIterator<CsvCells.Line> lines;
    private final List<FileColumn> columns;
    private final EventLine event;
    private long lastLine = 1;

    private CsvRecords(FileBytes file, CloseableIterator<CsvCells.Line> lines) {
        this.file = file;
        this.lines = lines;
        if (!hasNext()) {
            throw new FileException("empty_file", "The file is empty. Its first line names the columns.");
        }
        this.columns = FileColumn.of(
                lines.next().cells().stream().map(CsvRecords::text).toList());
        this.event = new EventLine(columns);
    }

    static CsvRecords open(Path path) throws IOException {
        FileBytes file = FileBytes.open(path);
        try {
            Reader characters = new InputStreamReader(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
            CsvReader<CsvCells.Line> reader = CsvReader.builder()
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .maxBufferSize(MAX_LINE_CHARS)
                    .build(new CsvCells(), characters);
            return new CsvRecords(file, reader.iterator());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean next(Chunk chunk) {
        if (!hasNext()) {
            return false;
        }
        CsvCells.Line line = lines.next();
        lastLine = line.number();
        if (line.cells().size() != columns.size()) {
            chunk.fault(
                    new LineError(
                            line.number(),
                            "wrong_field_count",
                            "",
                            "The line has " + line.cells().size() + " fields and the first line names " + columns.size()
                                    + " columns. Quote text that holds commas."),
                    line.cells().stream().map(CsvRecords::text).collect(Collectors.joining(",")));
            return true;
        }
        List<Cell> cells = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            cells.add(fit(columns.get(i), line.cells().get(i)));
        }
        event.write(chunk, line.number(), cells);
        return true;
    }

    private static Cell fit(FileColumn column, Cell cell) {
        if (cell == Cell.Absent.ABSENT) {
            return cell;
        }
        if (column.role().isAlwaysText()) {
            return new Cell.Text(text(cell));
        }
        return column.role() == FileColumn.Role.JSON_PROPERTY ? EventLine.ofJson(text(cell)) : cell;
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Absent _ -> "";
            case Cell.Text(String value) -> value;
            case Cell.Json(String value) -> value;
            case Cell.Unusable _ -> throw new IllegalStateException("no cell of CSV is unusable");
        };
    }

    private boolean hasNext() {
        try {
            return lines.hasNext();
        } catch (CsvParseException e) {
            throw invalid(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new FileException(
                        "invalid_utf8", "The file is not UTF-8, somewhere after line " + lastLine + ". Save it so.", e);
            }
            throw e;
        }
    }

    private FileException invalid(CsvParseException e) {
        return new FileException(
                "invalid_csv",
                "The file is not CSV after line " + lastLine + ": a quote is not closed, or text follows a closing one."
                        + " Write a quote inside of quotes twice.",
                e);
    }

    @Override
    public int percent() {
        return file.percent();
    }

    @Override
    public void close() throws IOException {
        lines.close();
        file.close();
    }
}
