package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresContractTest extends SourceDatabaseContract {

    private final SourceServer server = server();

    SourceServer server() {
        return SourceServer.shared();
    }

    @BeforeAll
    void createTables() {
        server.execute("""
                DROP SCHEMA IF EXISTS contract CASCADE; CREATE SCHEMA contract;
                CREATE TYPE contract.mood AS ENUM ('happy', 'sad');
                DROP TABLE IF EXISTS changes CASCADE;
                CREATE TABLE changes AS SELECT g::bigint AS id, g::numeric AS exact,
                    timestamptz '2026-01-01 00:00:00Z' + (g - 1) * interval '1 day' AS at,
                    timestamp '2026-01-01' + (g - 1) * interval '1 day' AS local, date '2026-01-01' + (g - 1) AS day,
                    chr(64 + g) AS letter, ('00000000-0000-0000-0000-00000000000' || g)::uuid AS uid,
                    g AS small, g::bigint AS big, g::float8 AS approximate
                    FROM generate_series(1, 9) g
                """);
    }

    @Override
    SourceDatabase source() {
        return new PostgresSource();
    }

    @Override
    SourceAddress address() {
        return server.owner();
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "(-32768)::int2");
        all.put("greatest bigint", "9223372036854775807::int8");
        all.put("least bigint", "(-9223372036854775808)::int8");
        all.put("wide numeric", "12345678901234567890.123456789012345678::numeric");
        all.put("numeric with trailing zero", "2.50::numeric(10, 2)");
        all.put("smallest numeric", "(-0.000000000000000001)::numeric");
        all.put("double", "0.1::float8");
        all.put("large double", "1e21::float8");
        all.put("float", "0.1::float4");
        all.put("true", "true");
        all.put("false", "false");
        all.put("null", "null::int");
        all.put("text", "E'h\u00e9 \ud83d\ude00\\tb\\\\c\\n''d\"'");
        all.put("empty text", "''");
        all.put("date", "date '2026-01-05'");
        all.put("timestamp", "timestamp '2026-01-05 21:56:52.123456'");
        all.put("timestamp of a whole second", "timestamp '2026-01-05 21:56:52'");
        all.put("timestamptz", "timestamptz '2026-01-05 21:56:52.5+02'");
        all.put("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid");
        all.put("enum", "'sad'::contract.mood");
        all.put("array of numbers", "array[1, 2.5, null]");
        all.put("array of texts", "array['a,b', 'c''d', '']");
        all.put("empty array", "'{}'::int[]");
        all.put("json text", "'\"a\\nb\"'::jsonb");
        all.put("json number", "'12.50'::json");
        all.put("json null", "'null'::jsonb");
        all.put("json object", "'{\"a\": 1}'::jsonb");
        all.put("bytes", "'\\x00ff'::bytea");
        all.put("not a number", "'NaN'::numeric");
        all.put("nested array", "array[[1, 2], [3, 4]]");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of("unsigned bigint");
    }

    @Test
    void theRecommendedUserReadsWhatItWasGrantedAndNothingElse() {
        server.execute("DROP TABLE IF EXISTS hidden; CREATE TABLE hidden (a int)");
        server.execute("DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'meterline') THEN"
                + " DROP OWNED BY meterline; DROP ROLE meterline; END IF; END $$");
        server.execute(source().recommendedGrants(address())
                .replace("<a long random password>", "l0ng")
                .replace("<each table or view of your queries>", "changes"));
        SourceAddress limited = server.address("postgres", "meterline", "l0ng", TlsMode.PREFER);

        source().check(limited);
        try (SourceSession session = source().open(limited, ALL)) {
            RowStream rows = session.read(SqlText.parse("select id from changes"), Bindings.at(session.moment()));
            int count = 0;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(9);
            assertThat(session.nextTransaction()).isPresent();
        }
        try (SourceSession session = source().open(limited, ALL)) {
            assertThatThrownBy(() -> session.columns(SqlText.parse("select * from hidden")))
                    .extracting("code")
                    .isEqualTo("no_rights");
        }
    }

    @Override
    String series(int rows) {
        return "select generate_series(1, " + rows + ") as id";
    }

    @Override
    String slow() {
        return "select pg_sleep(300)";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(
                ValueType.INTEGER, "id",
                ValueType.NUMBER, "exact",
                ValueType.ZONED_TIME, "at",
                ValueType.LOCAL_TIME, "local",
                ValueType.DATE, "day",
                ValueType.TEXT, "letter",
                ValueType.UUID, "uid");
    }
}
