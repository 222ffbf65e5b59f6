package io.meterline.api;

import io.meterline.control.PageRequest;
import io.meterline.http.Page;
import io.meterline.meter.Definition;
import io.meterline.meter.DefinitionJson;
import io.meterline.meter.Mode;
import io.meterline.meter.UsageTerms;
import io.meterline.meter.WindowSize;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /v1/usage/query}: an aggregator that need not be saved, and what is asked about it. */
record UsageBody(
        @Nullable JsonNode aggregator,
        @Nullable Mode mode,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable WindowSize window,
        @Nullable String timeZone,
        @Nullable JsonNode groupBy,
        @Nullable String customerId,
        @Nullable Integer take,
        @Nullable Integer skip,
        @Nullable String cursor) {

    Definition definition() {
        return DefinitionJson.readInline(Requests.present(aggregator, "aggregator"), "aggregator");
    }

    UsageTerms terms() {
        return new UsageTerms(mode == null ? Mode.PERIOD : mode, from, to, window, zone(), groups(), customerId);
    }

    Page page() {
        PageRequest checked =
                new PageRequest(take == null ? PageRequest.DEFAULT_TAKE : take, skip == null ? 0 : skip, null);
        if (cursor != null && skip != null) {
            throw Requests.invalid("cursor", "and skip exclude each other");
        }
        return new Page(checked.take(), checked.skip(), cursor);
    }

    private ZoneId zone() {
        try {
            return timeZone == null ? ZoneId.of("UTC") : ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw Requests.invalid("time_zone", "must be a time zone such as Europe/Paris");
        }
    }

    /** An array of names, or names separated by commas as in the query parameter. */
    private List<String> groups() {
        if (groupBy == null || groupBy.isNull()) {
            return List.of();
        }
        if (groupBy.isString()) {
            return Arrays.stream(groupBy.stringValue().split(",", -1))
                    .map(String::strip)
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : groupBy) {
            if (!name.isString()) {
                throw Requests.invalid("group_by", "must be a list of names");
            }
            names.add(name.stringValue());
        }
        if (!groupBy.isArray()) {
            throw Requests.invalid("group_by", "must be a list of names");
        }
        return names;
    }
}
