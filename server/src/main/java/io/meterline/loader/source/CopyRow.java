package io.meterline.loader.source;

import java.util.Arrays;

/** One row of PostgreSQL's text copy format, split into cells: tabs between them, backslash escapes, \N for null. */
final class CopyRow {

    private byte[] bytes = {};
    private int[] from = {};
    private int[] to = {};

    /** Sets how many cells a row has. */
    void expect(int columns) {
        from = new int[columns];
        to = new int[columns];
    }

    /** Takes a row; the array becomes ours, and escapes are resolved within it. */
    void read(byte[] line) {
        bytes = line;
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int column = 0;
        int start = 0;
        int write = 0;
        boolean isNull = false;
        // A cell only ever shrinks, so the resolved bytes never overtake those still to be read.
        for (int i = 0; i <= end; i++) {
            byte b = i < end ? line[i] : (byte) '\t';
            if (b == '\t') {
                if (column == from.length) {
                    break;
                }
                from[column] = isNull ? -1 : start;
                to[column] = write;
                column++;
                start = write;
                isNull = false;
            } else if (b == '\\' && i + 1 < end) {
                i++;
                isNull = line[i] == 'N' && write == start;
                if (!isNull) {
                    line[write++] = unescaped(line[i]);
                }
            } else {
                line[write++] = b;
            }
        }
        // A query without columns gives empty lines; fewer cells than columns never come.
        Arrays.fill(from, column, from.length, -1);
    }

    boolean isNull(int column) {
        return from[column] < 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int from(int column) {
        return from[column];
    }

    int to(int column) {
        return to[column];
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> letter;
        };
    }
}
