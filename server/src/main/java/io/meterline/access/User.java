package io.meterline.access;

import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in to the console.
 *
 * @param id {@code usr_…}
 * @param email in lower case; nobody else has it
 * @param name what others see, 1..100 characters
 * @param disabled may not sign in, and whatever was signed in is not any more
 * @param joined whether there is a password yet; false between the invitation and its first use
 * @param lastSeenAtMicros to within a minute; null when never
 */
public record User(
        String id,
        String email,
        String name,
        Role role,
        boolean disabled,
        boolean joined,
        long createdAtMicros,
        @Nullable Long lastSeenAtMicros) {}
