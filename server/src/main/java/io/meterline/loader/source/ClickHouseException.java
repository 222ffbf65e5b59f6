package io.meterline.loader.source;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server of ClickHouse answered instead of rows, or among them. */
final class ClickHouseException extends IOException {
    private static final long serialVersionUID = 1L;

    // Code: 47, e.displayText() = DB::Exception: Unknown identifier: nope, e.what() = DB::Exception
    // Code: 47. DB::Exception: Unknown expression identifier `nope`. (UNKNOWN_IDENTIFIER) (version 25.8.1)
    private static final Pattern SAID = Pattern.compile(
            "Code: (\\d+)[,.] (?:e\\.displayText\\(\\) = )?DB::Exception: (.*?)"
                    + "(?:, e\\.what\\(\\) = .*|(?: \\([A-Z_]+\\))? \\(version .*)?$",
            Pattern.DOTALL);
    private static final int MAX_SAID = 500;

    private final int code;

    private ClickHouseException(int code, String said) {
        super(said);
        this.code = code;
    }

    /** From the text of an answer; code 0 when it is not one of a ClickHouse. */
    static ClickHouseException of(String text) {
        Matcher said = SAID.matcher(text.strip());
        if (!said.find()) {
            return new ClickHouseException(0, "the answer is none of ClickHouse");
        }
        String message = said.group(2).strip();
        return new ClickHouseException(
                Integer.parseInt(said.group(1)),
                message.length() > MAX_SAID ? message.substring(0, MAX_SAID) + "\u2026" : message);
    }

    /** The server's number of the error. */
    int code() {
        return code;
    }

    String said() {
        String message = String.valueOf(getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
