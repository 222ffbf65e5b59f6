package io.meterline.console;

import io.meterline.http.Call;
import java.time.Duration;
import java.util.Optional;

/** The cookies of the console. No script can read them, and no other site sends them with a form. */
enum Cookie {
    /** Who is signed in. */
    SESSION("meterline_session"),
    /** What the next page says was done. */
    TOAST("meterline_toast");

    private final String text;

    Cookie(String text) {
        this.text = text;
    }

    Optional<String> of(Call call) {
        return call.cookie(text).filter(value -> !value.isEmpty());
    }

    /** The header {@code Set-Cookie}. A proxy that speaks TLS with browsers says so in {@code X-Forwarded-Proto}. */
    String set(Call call, String value, Duration age) {
        boolean secure =
                call.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
        return "%s=%s; Path=/console; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(text, value, age.toSeconds(), secure ? "; Secure" : "");
    }

    String clear(Call call) {
        return set(call, "", Duration.ZERO);
    }
}
