package io.meterline.console.loader;

import org.jspecify.annotations.Nullable;

/** How a data loader is, in a word. */
public enum LoaderState {
    QUEUED("queued", ""),
    RUNNING("running", "info"),
    PAUSED("paused", ""),
    FAILING("failing", "bad"),
    RETRYING("retrying", "warn"),
    OK("ok", "ok");

    private final String label;
    private final String tone;

    LoaderState(String label, String tone) {
        this.label = label;
        this.tone = tone;
    }

    /** By the loader and its last run. */
    static LoaderState of(Loader loader, @Nullable Run last) {
        if (last != null && last.active()) {
            return last.status().equals("running") ? RUNNING : QUEUED;
        }
        if (loader.paused()) {
            return PAUSED;
        }
        return switch (loader.health()) {
            case "failing" -> FAILING;
            case "retrying" -> RETRYING;
            default -> last != null && last.failed() ? FAILING : OK;
        };
    }

    public String label() {
        return label;
    }

    /** Of its badge. */
    public String tone() {
        return tone;
    }
}
