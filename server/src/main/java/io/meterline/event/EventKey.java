package io.meterline.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes two events the same record, so that the later one corrects the earlier one (product rules, "Versions").
 *
 * <p>Parts are length-prefixed before they are hashed, so that no two keys run into one text.
 */
public final class EventKey {

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventKey::sha256);

    private EventKey() {}

    /** Key of a pushed or imported event: environment, event type, record id. */
    public static KeyHash ofPushed(Environment environment, String eventType, String recordId) {
        return hash('p', environment, eventType, recordId, 0);
    }

    /**
     * Key of a pulled row with {@code identity: "id"}: environment, event type, record id. A row whose customer changes
     * moves.
     */
    public static KeyHash ofPulled(Environment environment, String eventType, String recordId) {
        return hash('l', environment, eventType, recordId, 0);
    }

    /** Key of a pulled row: environment, event type, record id and the number of its customer before any merge. */
    public static KeyHash ofPulled(Environment environment, String eventType, String recordId, long customer) {
        return hash('c', environment, eventType, recordId, customer);
    }

    private static KeyHash hash(char kind, Environment environment, String eventType, String recordId, long customer) {
        byte[] type = eventType.getBytes(StandardCharsets.UTF_8);
        byte[] id = recordId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer parts = ByteBuffer.allocate(2 + 4 + type.length + 4 + id.length + 8)
                .put((byte) kind)
                .put((byte) environment.code())
                .putInt(type.length)
                .put(type)
                .putInt(id.length)
                .put(id)
                .putLong(customer);
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(parts.array()));
        return new KeyHash(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
