package io.meterline.price;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Split} as a user wrote it. */
public record SplitDraft(List<String> groupBy, @Nullable String window) {

    public SplitDraft {
        groupBy = List.copyOf(groupBy);
    }
}
