package io.meterline.access;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of sessions. */
final class SessionRows {
    private SessionRows() {}

    /** A session and its user, as they are now. */
    record Row(UserRows.Row user, long createdAtMicros, long seenAtMicros) {}

    static void insert(Handle handle, String hash, long user, long now) {
        handle.execute(
                "INSERT INTO sessions (hash, user_number, created_at, seen_at) VALUES (?, ?, ?, ?)",
                hash,
                user,
                now,
                now);
    }

    /** A session that was begun and seen after these times, of a user who is not disabled. */
    static Optional<Row> find(Handle handle, String hash, long begunAfter, long seenAfter) {
        return handle.createQuery("""
                        SELECT u.*, s.created_at AS begun_at, s.seen_at
                        FROM sessions s JOIN users u ON u.number = s.user_number
                        WHERE s.hash = :hash AND s.created_at > :begunAfter AND s.seen_at > :seenAfter AND NOT u.disabled
                        """)
                .bind("hash", hash)
                .bind("begunAfter", begunAfter)
                .bind("seenAfter", seenAfter)
                .map((row, _) -> new Row(UserRows.row(row), row.getLong("begun_at"), row.getLong("seen_at")))
                .findOne();
    }

    /** Notes that a session and its user were seen, unless that was noted since. */
    static int see(Handle handle, String hash, long user, long now, long seenBefore) {
        handle.execute(
                "UPDATE users SET last_seen_at = ? WHERE number = ? AND (last_seen_at IS NULL OR last_seen_at <= ?)",
                now,
                user,
                seenBefore);
        return handle.execute("UPDATE sessions SET seen_at = ? WHERE hash = ? AND seen_at <= ?", now, hash, seenBefore);
    }

    static int delete(Handle handle, String hash) {
        return handle.execute("DELETE FROM sessions WHERE hash = ?", hash);
    }

    static int deleteOfUser(Handle handle, long user) {
        return handle.execute("DELETE FROM sessions WHERE user_number = ?", user);
    }

    /** Deletes all but the newest sessions of a user. */
    static int deleteBeyond(Handle handle, long user, int most) {
        return handle.execute("""
                DELETE FROM sessions WHERE user_number = ? AND hash NOT IN (
                    SELECT hash FROM sessions WHERE user_number = ? ORDER BY created_at DESC, seen_at DESC LIMIT ?)
                """, user, user, most);
    }

    static int deleteExpired(Handle handle, long begunBefore, long seenBefore) {
        return handle.execute("DELETE FROM sessions WHERE created_at <= ? OR seen_at <= ?", begunBefore, seenBefore);
    }
}
