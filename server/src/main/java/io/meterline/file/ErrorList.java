package io.meterline.file;

import java.util.ArrayList;
import java.util.List;

/** The first errors of an import: those that are kept. */
final class ErrorList {

    /** Most errors of an import that are kept; all are counted. */
    static final int MAX = 1_000;

    private final List<LineError> fresh = new ArrayList<>();
    private long room;

    /** @param before how many there were already */
    ErrorList(long before) {
        this.room = Math.max(0, MAX - before);
    }

    void add(List<LineError> errors) {
        for (LineError error : errors) {
            if (room == 0) {
                return;
            }
            fresh.add(error);
            room--;
        }
    }

    /** Those added since the last call. */
    List<LineError> taken() {
        List<LineError> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }
}
