package io.meterline.store.log;

import io.meterline.event.Event;
import io.meterline.event.Property;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A hash of all that an event says, to tell whether a pulled row has changed. */
public final class Fingerprint {

    private static final int EXPECTED_BYTES = 256;

    private Fingerprint() {}

    /** 64 bits of SHA-256 over the event but for its version; never 0. */
    public static long of(Event event) {
        Encoder content = new Encoder(EXPECTED_BYTES);
        ChangeCodec.encodeContent(event, inOrder(event.properties()), content);
        long hash = ByteBuffer.wrap(sha256().digest(content.toBytes())).getLong();
        return hash == 0 ? 1 : hash;
    }

    /** By name: the order of properties says nothing. */
    private static List<Property> inOrder(List<Property> properties) {
        List<Property> sorted = new ArrayList<>(properties);
        sorted.sort(Comparator.comparing(Property::name));
        return sorted;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
