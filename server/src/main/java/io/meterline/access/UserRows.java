package io.meterline.access;

import io.meterline.control.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of users. */
final class UserRows {
    private UserRows() {}

    /**
     * A user with what is not shown.
     *
     * @param password its hash, see {@link PasswordHash}; null before the first
     */
    record Row(long number, @Nullable String password, User user) {

        /** Keeps the hash out of logs. */
        @Override
        public String toString() {
            return "Row[number=" + number + ", user=" + user + "]";
        }
    }

    static void insert(Handle handle, User user, @Nullable String password) {
        handle.createUpdate("""
                        INSERT INTO users (id, email, name, role, password, disabled, created_at)
                        VALUES (:id, :email, :name, :role, :password, :disabled, :now)
                        """)
                .bind("id", user.id())
                .bind("email", user.email())
                .bind("name", user.name())
                .bind("role", user.role().text())
                .bind("password", password)
                .bind("disabled", user.disabled())
                .bind("now", user.createdAtMicros())
                .execute();
    }

    static List<Row> all(Handle handle) {
        return handle.createQuery("SELECT * FROM users ORDER BY email")
                .map((row, _) -> row(row))
                .list();
    }

    static Optional<Row> byId(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM users WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    static Optional<Row> byNumber(Handle handle, long number) {
        return handle.createQuery("SELECT * FROM users WHERE number = :number")
                .bind("number", number)
                .map((row, _) -> row(row))
                .findOne();
    }

    static Optional<Row> byEmail(Handle handle, String email) {
        return handle.createQuery("SELECT * FROM users WHERE email = :email")
                .bind("email", email)
                .map((row, _) -> row(row))
                .findOne();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM users")
                .mapTo(Long.class)
                .one();
    }

    /** Sets a password and ends what was signed in with the one before. */
    static void setPassword(Handle handle, long number, String hash) {
        handle.execute("UPDATE users SET password = ? WHERE number = ?", hash, number);
        SessionRows.deleteOfUser(handle, number);
    }

    static Row row(ResultSet row) throws SQLException {
        String password = row.getString("password");
        User user = new User(
                row.getString("id"),
                row.getString("email"),
                row.getString("name"),
                Role.of(row.getString("role")),
                row.getBoolean("disabled"),
                password != null,
                row.getLong("created_at"),
                Columns.nullableLong(row, "last_seen_at"));
        return new Row(row.getLong("number"), password, user);
    }
}
