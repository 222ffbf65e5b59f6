package io.meterline.loader.source;

/** What a query may leave open for a run to fill in. A run never fills in NULL. */
public enum Placeholder {
    /** The greatest value of the cursor's column that is safely stored, less the overlap. */
    CURSOR(":cursor"),
    /** The source's own time before the last run that succeeded. */
    LAST_RUN(":last_run"),
    /** The source's own time before this run's query. */
    NOW(":now");

    private final String text;

    Placeholder(String text) {
        this.text = text;
    }

    /** As it is written in a query. */
    public String text() {
        return text;
    }
}
