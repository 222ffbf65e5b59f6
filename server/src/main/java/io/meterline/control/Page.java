package io.meterline.control;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param total how many match in all, whatever the part
 * @param nextCursor where the next part starts, null at the end
 */
public record Page<T>(List<T> data, long total, @Nullable String nextCursor) {

    public Page {
        data = List.copyOf(data);
    }

    /** The same part of something made of each. */
    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(data.stream().map(each).toList(), total, nextCursor);
    }

    /** The page out of up to {@code take + 1} rows in order: the one too many only says that there are more. */
    public static <T> Page<T> of(List<T> rows, PageRequest request, long total, ToLongFunction<T> number) {
        if (rows.size() <= request.take()) {
            return new Page<>(rows, total, null);
        }
        List<T> data = rows.subList(0, request.take());
        return new Page<>(data, total, PageRequest.cursorAfter(number.applyAsLong(data.getLast())));
    }
}
