package io.meterline.store.duckdb;

import java.util.HashSet;
import java.util.Set;

/** Which of the two sides of the recent tables is being appended to, and what is on it. Used by the applying thread. */
final class RecentRows {

    private char active = 'a';
    private int rows;
    private Set<TypeTables> touched = new HashSet<>();

    char active() {
        return active;
    }

    int rows() {
        return rows;
    }

    void added(TypeTables tables, int count) {
        rows += count;
        touched.add(tables);
    }

    /** Turns to the other side and returns the one that is left, with the types that have something to fold. */
    Side turn() {
        Side side = new Side(active, Set.copyOf(touched));
        active = active == 'a' ? 'b' : 'a';
        rows = 0;
        touched = new HashSet<>();
        return side;
    }

    record Side(char letter, Set<TypeTables> types) {}
}
