package io.meterline.loader;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Loaders over a source database with a table of events. */
abstract class OrdersSource {

    static final String QUERY = """
            SELECT id, company AS "customerId", company_name AS "customerName", created_at AS timestamp, amount, region
            FROM orders -- all of them;
            """;

    @TempDir
    Path folder = Path.of("");

    LoaderFixture fixture;

    @BeforeEach
    void openSource() {
        fixture = new LoaderFixture(folder);
        fixture.server.execute("""
                DROP TABLE IF EXISTS orders;
                CREATE TABLE orders (id bigint PRIMARY KEY, company text, company_name text, created_at timestamptz,
                    amount numeric, region text);
                INSERT INTO orders SELECT g, 'company-' || g % 7, 'Company ' || g % 7,
                    timestamptz '2026-01-01' + g * interval '1 minute', g * 1.37, 'r' || g % 3
                    FROM generate_series(1, 2500) g
                """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    BigDecimal source(String query) {
        return new BigDecimal(requireNonNull(fixture.server.query(query)));
    }
}
