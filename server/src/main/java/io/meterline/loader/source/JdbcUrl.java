package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JDBC URL may say: a server in the network, and parameters that make its driver read no file, load no class and
 * run no script of this machine.
 *
 * <p>Drivers have hundreds of parameters that we do not know, so it goes by their names and values. What is refused:
 * docs/internals/decisions.md.
 */
final class JdbcUrl {

    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_DECODINGS = 4;

    // jdbc:snowflake://host…, jdbc:oracle:thin:@//host…, jdbc:oracle:thin:@(DESCRIPTION=…),
    // jdbc:bigquery://https://host…
    private static final Pattern SHAPE =
            Pattern.compile("jdbc:([a-z][a-z0-9_+.-]*):(?:(?:thin|tcps?|ssl|hsqls?|https?|iam):)?"
                    + "(?://(?:https?://)?(?![^/?;]*@)|@(?:(?:tcps?:)?//)?)"
                    + "(?:\\(.*|(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?:[:/?;,].*)?)");

    // Engines that run in our own process, of which one holds our own files.
    private static final Set<String> EMBEDDED = Set.of("duckdb", "sqlite");

    private static final Pattern PARAMETER = Pattern.compile("([^=;&?(),:/]+)=([^;&?(),]*)");

    private static final Pattern REFUSED_NAME = Pattern.compile(
            "file|path|script(?!ion)|init(?!ial)|class|factory|jndi|plugin|keystore|truststore|trace|directory|dir$"
                    + "|tnsadmin|wallet|provider|interceptor|handler|listener|model|jaas|krb5|sslcert|sslkey|rootcert"
                    + "|profile|command|exec(?!ution)|infile|deserializ|library|location$|config");

    // Names that look like one of those and are none: a table's search path, the path of an HTTP request, a region.
    private static final Set<String> HARMLESS_NAMES = Set.of("searchpath", "httppath", "location");

    private static final Pattern REFUSED_VALUE =
            Pattern.compile("[\"'{\\s]*(?:[/\\\\~.]|[A-Za-z]:[/\\\\]).*", Pattern.DOTALL);

    private static final Pattern REFUSED_ANYWHERE = Pattern.compile(
            "(?i)(?<![a-z0-9])(?:file|jar|jrt|classpath|ldaps?|rmi|iiop|jndi|dns|mem|memory|res|nio|zip|config-[a-z]+):");

    private JdbcUrl() {}

    /** Throws {@link RuleException} {@code invalid_url} or {@code url_not_allowed}; no message repeats a value of it. */
    static void check(String url) {
        if (url.length() > MAX_LENGTH || url.chars().anyMatch(c -> c < ' ')) {
            throw refused("invalid_url", "url has at most 16384 characters, and none that cannot be seen.");
        }
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches()) {
            throw refused(
                    "invalid_url",
                    "url must be a JDBC URL that names a server, as in jdbc:snowflake://host/?warehouse=…, with user and"
                            + " password in the fields of their own.");
        }
        if (EMBEDDED.contains(shape.group(1))) {
            throw refused("url_not_allowed", "The provider " + shape.group(1) + " reads such files. Use it instead.");
        }
        String decoded = decoded(url);
        if (REFUSED_ANYWHERE.matcher(decoded.substring("jdbc:".length())).find()) {
            throw refused("url_not_allowed", "url must name a server in the network, and no files, classes or names.");
        }
        Matcher parameter = PARAMETER.matcher(decoded);
        while (parameter.find()) {
            check(parameter.group(1).strip(), parameter.group(2));
        }
    }

    private static void check(String name, String value) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (HARMLESS_NAMES.contains(plain)) {
            return;
        }
        if (REFUSED_NAME.matcher(plain).find()) {
            throw refused(
                    "url_not_allowed",
                    "The parameter " + name + " may name a file or a class of this server. Leave it out; what it would"
                            + " hold can often be given as text in another parameter.");
        }
        if (REFUSED_VALUE.matcher(value).matches()) {
            throw refused("url_not_allowed", "The value of " + name + " looks like a path of this server.");
        }
    }

    /** Without anything that can hold a secret. */
    static String masked(String url) {
        int end = url.length();
        for (char delimiter : new char[] {'?', ';', '('}) {
            int at = url.indexOf(delimiter);
            end = at < 0 ? end : Math.min(end, at);
        }
        // jdbc:db2://host/database:user=…;
        int equals = url.indexOf('=');
        if (equals >= 0 && equals < end) {
            end = Math.max(url.lastIndexOf(':', equals), url.lastIndexOf(',', equals));
        }
        return end == url.length() ? url : url.substring(0, end) + "***";
    }

    /** The host that it names, with the port, to be shown. */
    static String place(String url) {
        Matcher shape = SHAPE.matcher(url);
        String host = shape.matches() ? shape.group(2) : null;
        return host == null ? "the source" : host;
    }

    // As often as a driver might, until nothing changes.
    private static String decoded(String url) {
        String before = url;
        try {
            for (int i = 0; i < MAX_DECODINGS; i++) {
                String after = URLDecoder.decode(before.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (after.equals(before)) {
                    return after;
                }
                before = after;
            }
        } catch (IllegalArgumentException e) {
            if (before.equals(url)) {
                throw refused("invalid_url", "url has a % that is no part of an encoded character. Write it as %25.");
            }
            return before;
        }
        throw refused("invalid_url", "url is encoded too often.");
    }

    private static RuleException refused(String code, String message) {
        return new RuleException(RuleException.Kind.INVALID, code, message);
    }
}
