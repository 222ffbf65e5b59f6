package io.meterline.api;

import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.event.Timestamps;
import io.meterline.http.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The errors that a route finds itself, before it calls a service. */
final class Requests {
    private Requests() {}

    /** 400 {@code required}. */
    static RuleException required(String path) {
        return error(path, "required", "'" + path + "' is required.");
    }

    /** 400 {@code invalid_value}; the problem reads on from the path: "must be …". */
    static RuleException invalid(String path, String problem) {
        return error(path, "invalid_value", "'" + path + "' " + problem + ".");
    }

    /** The value, or 400 {@code required} when it is missing. */
    static <T> T present(@Nullable T value, String path) {
        if (value == null) {
            throw required(path);
        }
        return value;
    }

    /** The half-open period between two parameters; without them all of time. */
    static Period period(Query query, String gte, String lt) {
        long from = query.instant(gte).map(Timestamps::micros).orElse(Long.MIN_VALUE);
        long to = query.instant(lt).map(Timestamps::micros).orElse(Long.MAX_VALUE);
        if (to < from) {
            throw Query.invalid(lt, "must not lie before " + gte);
        }
        return new Period(from, to);
    }

    private static RuleException error(String path, String code, String message) {
        return new RuleException(Kind.INVALID, code, message, List.of(new Violation(path, code, message)));
    }
}
