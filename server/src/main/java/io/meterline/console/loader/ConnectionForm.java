package io.meterline.console.loader;

import io.meterline.console.ApiFault.Violation;
import io.meterline.console.Refused;
import io.meterline.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it stands in a form.
 *
 * @param byUrl whether a URL says where it is, and not the fields
 * @param tunnel whether an SSH server leads to it
 */
public record ConnectionForm(
        String name,
        Provider provider,
        boolean byUrl,
        String url,
        String host,
        String port,
        String database,
        String user,
        String password,
        String path,
        String tls,
        String ca,
        boolean tunnel,
        Ssh ssh) {

    static final ConnectionForm BLANK = new ConnectionForm(
            "",
            Provider.POSTGRES,
            true,
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            false,
            new Ssh("", "", "", "", "", "", ""));

    /** As it is, but for its secrets, which nobody sees again. */
    static ConnectionForm of(Connection connection) {
        Connection.Tunnel tunnel = connection.ssh();
        return new ConnectionForm(
                connection.name(),
                Provider.of(connection.provider()),
                false,
                "",
                text(connection.host()),
                text(connection.port()),
                text(connection.database()),
                text(connection.user()),
                "",
                text(connection.path()),
                text(connection.tls()),
                text(connection.tlsCa()),
                tunnel != null,
                tunnel == null
                        ? BLANK.ssh()
                        : new Ssh(
                                tunnel.host(), text(tunnel.port()), tunnel.user(), "", "", "", text(tunnel.hostKey())));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    /** An SSH server as it was typed. */
    public record Ssh(
            String host, String port, String user, String password, String key, String passphrase, String hostKey) {

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            put(json, "host", host);
            putNumber(json, "port", port);
            put(json, "user", user);
            put(json, "password", password);
            put(json, "private_key", key);
            put(json, "passphrase", passphrase);
            put(json, "host_key", hostKey);
            return json;
        }
    }

    static ConnectionForm of(Fields fields) {
        return new ConnectionForm(
                fields.get("name"),
                Provider.of(fields.get("provider")),
                !fields.get("way").equals("fields"),
                fields.get("url"),
                fields.get("host"),
                fields.get("port"),
                fields.get("database"),
                fields.get("user"),
                fields.raw("password"),
                fields.get("path"),
                fields.get("tls"),
                fields.get("ca"),
                fields.isOn("tunnel"),
                new Ssh(
                        fields.get("ssh_host"),
                        fields.get("ssh_port"),
                        fields.get("ssh_user"),
                        fields.raw("ssh_password"),
                        fields.raw("ssh_key").replace("\r\n", "\n"),
                        fields.raw("ssh_passphrase"),
                        fields.get("ssh_host_key")));
    }

    /** Whether something of it is known to nobody but the server. */
    public boolean hasSecrets() {
        return provider.isServer() || provider == Provider.JDBC;
    }

    /** The body for the API: what was filled in of what is shown. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, "name", name);
        json.put("provider", provider.value());
        if (provider == Provider.JDBC) {
            put(json, "url", url);
            put(json, "user", user);
            put(json, "password", password);
        } else if (provider.isServer()) {
            putServer(json);
        } else {
            json.put("path", path);
        }
        return json;
    }

    /** What a program sends for such a connection. */
    Map<String, Object> example() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name.isEmpty() ? "production replica" : name);
        json.put("provider", provider.value());
        if (provider.exampleUrl().isEmpty()) {
            json.put("path", path);
        } else {
            json.put("url", provider.exampleUrl());
        }
        return json;
    }

    private void putServer(Map<String, Object> json) {
        if (byUrl) {
            put(json, "url", url);
        } else {
            put(json, "host", host);
            putNumber(json, "port", port);
            put(json, "database", database);
            put(json, "user", user);
            put(json, "password", password);
        }
        if (!ca.isEmpty()) {
            Map<String, Object> checked = new LinkedHashMap<>();
            put(checked, "mode", tls);
            checked.put("ca", ca);
            json.put("tls", checked);
        } else {
            put(json, "tls", tls);
        }
        if (tunnel) {
            json.put("ssh", ssh.json());
        }
    }

    private static void put(Map<String, Object> json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    // What is no number goes out as it is, and the API says what is wrong with it.
    private static void putNumber(Map<String, Object> json, String name, String value) {
        try {
            put(json, name, value);
            if (!value.isEmpty()) {
                json.put(name, Integer.valueOf(value));
            }
        } catch (NumberFormatException e) {
            json.put(name, value);
        }
    }

    /** What was refused, at the field that it is about. */
    Refused placed(Refused refused, String code) {
        String field = field(code);
        String detail = refused.detail();
        if (!refused.violations().isEmpty() || field == null || detail == null) {
            return refused;
        }
        return new Refused(detail, List.of(new Violation(field, code, detail)));
    }

    private @Nullable String field(String code) {
        return switch (code) {
            case "invalid_name" -> "name";
            case "unknown_provider", "driver_missing", "driver_failed" -> "provider";
            case "invalid_url", "url_not_allowed" -> "url";
            case "host_unknown",
                    "host_unreachable",
                    "connection_timeout",
                    "connection_failed",
                    "connection_lost",
                    "server_starting" -> where("host");
            case "connection_refused" -> where("port");
            case "authentication_failed" -> where("password");
            case "not_allowed_from_here" -> where("host");
            case "database_missing" -> where("database");
            case "no_rights" -> where("user");
            case "tls_not_offered", "tls_failed", "tls_required", "certificate_invalid" -> "tls";
            case "files_folder_not_set", "file_missing", "file_not_allowed", "database_locked" -> "path";
            case "ssh_host_key_unknown", "ssh_host_key_changed" -> "ssh.host_key";
            case "ssh_authentication_failed" -> "ssh.user";
            case "ssh_key_unreadable" -> "ssh.private_key";
            case "ssh_unreachable", "ssh_forward_failed" -> "ssh.host";
            default -> null;
        };
    }

    private String where(String field) {
        boolean inUrl = byUrl || (provider == Provider.JDBC && field.equals("host"));
        return inUrl ? "url" : field;
    }
}
