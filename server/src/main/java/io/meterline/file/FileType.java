package io.meterline.file;

import java.util.Locale;
import java.util.Optional;

/** The kinds of files that events come and go in. */
public enum FileType {
    CSV,
    NDJSON,
    PARQUET;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this {@link #text()}. */
    public static Optional<FileType> of(String text) {
        for (FileType type : values()) {
            if (type.text().equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type that a file's name ends with, {@code .gz} aside. */
    public static Optional<FileType> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        String extension = plain.substring(plain.lastIndexOf('.') + 1);
        return switch (extension) {
            case "jsonl" -> Optional.of(NDJSON);
            default -> of(extension);
        };
    }
}
