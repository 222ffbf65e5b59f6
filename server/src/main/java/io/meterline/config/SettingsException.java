package io.meterline.config;

/** A setting is wrong. The message names its key and the allowed values, and never a secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /** The message becomes {@code "<key> <what>"}. */
    SettingsException(String key, String what) {
        super(key + " " + what);
        this.key = key;
    }

    private SettingsException(String key, String message, Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /** The same, saying where the value came from. */
    SettingsException from(String origin) {
        return new SettingsException(key, getMessage() + " (" + origin + ")", this);
    }

    /** The path of the setting, as in {@code store.memory_limit}. */
    public String key() {
        return key;
    }
}
