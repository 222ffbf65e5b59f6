package io.meterline.loader.source;

import java.io.IOException;
import java.time.Duration;

/**
 * ClickHouse over its HTTP interface, which is the same from 18.16 to today's, with rows as JSON.
 *
 * <p>The session is read-only by a setting of each request, where the user's own profile does not say so already.
 */
final class ClickHouseSource implements SourceDatabase {

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public String check(SourceAddress address) {
        ServerAddress server = (ServerAddress) address;
        return Route.use(server, route -> {
            try (ClickHouseSession session = open(server, route, new ReadLimits(1, CHECK_TIMEOUT))) {
                return "ClickHouse " + session.version();
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        ServerAddress server = (ServerAddress) address;
        return RoutedSession.open(server, route -> open(server, route, limits));
    }

    private static ClickHouseSession open(ServerAddress server, Route route, ReadLimits limits) {
        ClickHouseHttp http = ClickHouseHttp.to(server, route, limits);
        try {
            return ClickHouseSession.begin(http, limits);
        } catch (IOException e) {
            http.close();
            throw ClickHouseErrors.ofConnecting(e, server);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        String database = ((ServerAddress) address).database();
        return """
                CREATE USER meterline IDENTIFIED BY '<a long random password>' SETTINGS readonly = 2;
                GRANT SELECT ON %s.<each table or view of your queries> TO meterline;
                -- Before 20.4 there is no CREATE USER. Then, in <users> of users.xml, with <readonly>1</readonly> in the profile:
                --   <meterline><password>&lt;a long random password&gt;</password>
                --   <networks><ip>::/0</ip></networks><profile>readonly</profile><quota>default</quota>
                --   <allow_databases><database>%s</database></allow_databases></meterline>
                """.formatted(
                        "`" + database.replace("`", "\\`") + "`",
                        database.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
