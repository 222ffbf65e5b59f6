package io.meterline.console;

/** JSON that a script of the page reads: it goes into a {@code <script type="application/json">} as it is. */
public record Island(String json) {

    public Island {
        json = json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
