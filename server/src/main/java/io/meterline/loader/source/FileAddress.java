package io.meterline.loader.source;

import io.meterline.event.RuleException;

/**
 * A database file, or a folder of files, in the folder that the operator has set aside for them.
 *
 * @param path within that folder; for a folder of files it may be empty, which is the whole folder
 */
public record FileAddress(Provider provider, String path) implements SourceAddress {

    private static final int MAX_PATH = 1_024;

    /** Throws {@link RuleException} {@code invalid_path}. */
    public FileAddress {
        boolean empty = path.isEmpty() && provider == Provider.SQLITE;
        if (empty || path.length() > MAX_PATH || path.chars().anyMatch(c -> c < ' ' || c == '?')) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_path",
                    "path must name a file or folder in the server's loader.files_folder, as in shop/usage.db.");
        }
    }

    @Override
    public String maskedUrl() {
        return provider.text() + ":" + path;
    }

    @Override
    public String toString() {
        return maskedUrl();
    }
}
