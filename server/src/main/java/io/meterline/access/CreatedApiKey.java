package io.meterline.access;

/**
 * A new key and its secret, which exists nowhere else and is shown once.
 *
 * @param secret what goes behind {@code Authorization: Bearer}
 */
public record CreatedApiKey(ApiKey key, String secret) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "CreatedApiKey[key=" + key + "]";
    }
}
