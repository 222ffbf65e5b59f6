package io.meterline.loader;

/** A row that cannot become an event. There may be many, so it has no trace. */
final class BadRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String path;
    private final String sentence;

    /** @param path the column that is at fault */
    BadRowException(String code, String path, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
        this.path = path;
        this.sentence = sentence;
    }

    String code() {
        return code;
    }

    String path() {
        return path;
    }

    String sentence() {
        return sentence;
    }
}
