package io.meterline.http;

/** What one route does. Throws {@link io.meterline.event.RuleException} for what the caller did wrong. */
@FunctionalInterface
public interface Handler {

    /** Answers a call whose caller, scope and query parameters have been checked. */
    Reply handle(Call call) throws Exception;
}
