package io.meterline.http;

import io.meterline.access.Principal;

/** Knows the keys. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Who holds a key.
     *
     * @throws io.meterline.event.RuleException 401 when nobody does
     */
    Principal authenticate(String key);
}
