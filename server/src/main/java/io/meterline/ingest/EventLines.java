package io.meterline.ingest;

/** The lines of an NDJSON body, read in parts so that its events never stand in memory all at once. */
public final class EventLines {

    private final byte[] body;
    private final EventParser parser;
    private int at;
    private int index;

    EventLines(byte[] body, EventParser parser) {
        this.body = body;
        this.parser = parser;
        this.at = EventParser.afterByteOrderMark(body);
    }

    /** How many events a body holds: its lines that are not blank. */
    public static int count(byte[] body) {
        int lines = 0;
        boolean blank = true;
        for (int i = EventParser.afterByteOrderMark(body); i < body.length; i++) {
            byte b = body[i];
            if (b == '\n') {
                lines += blank ? 0 : 1;
                blank = true;
            } else {
                blank &= isBlank(b);
            }
        }
        return blank ? lines : lines + 1;
    }

    /** True while lines are left. */
    public boolean hasNext() {
        while (at < body.length && (body[at] == '\n' || isBlank(body[at]))) {
            at++;
        }
        return at < body.length;
    }

    /** Reads the next lines, at most so many events. */
    public Batch next(int max) {
        for (int events = 0; events < max && hasNext(); events++) {
            int start = at;
            while (at < body.length && body[at] != '\n') {
                at++;
            }
            parser.line(body, start, at, index++);
        }
        return parser.taken(body);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
