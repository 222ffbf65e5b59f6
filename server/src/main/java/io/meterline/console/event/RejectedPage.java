package io.meterline.console.event;

import io.meterline.console.Address;
import io.meterline.console.Pager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of what was refused.
 *
 * @param codes that can be chosen
 * @param dropped how many older ones are lost
 * @param opened one of them, null for none
 */
public record RejectedPage(
        Address address,
        List<Row> rows,
        Pager pager,
        List<String> codes,
        long dropped,
        String curl,
        @Nullable Opened opened) {

    /** One line. */
    public record Row(Rejected event, String href, boolean selected) {}

    /**
     * One that is opened, to be sent again.
     *
     * @param typed its JSON as it stands in the form
     * @param detail why it was refused this time, null before the first try
     * @param path where in the event it is wrong
     * @param curl the request that tries it again as it was sent
     */
    public record Opened(
            Rejected event,
            String back,
            String replay,
            String typed,
            @Nullable String detail,
            String path,
            String curl) {}

    public boolean isEmpty() {
        return rows.isEmpty() && address.parameters().isEmpty();
    }
}
