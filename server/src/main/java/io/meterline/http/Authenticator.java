package io.meterline.http;

/** Knows the keys. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Who holds a key.
     *
     * @throws io.meterline.event.RuleException {@code unauthenticated} when nobody does
     */
    Caller authenticate(String key);
}
