package io.meterline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The migrations and the SQL of customers, as PostgreSQL takes them. */
final class PostgresSqlTest {

    private static final Environment LIVE = Environment.LIVE;

    @Test
    void postgresTakesTheSameSql() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Handle handle = Jdbi.open(postgres.getPostgresDatabase())) {
            for (String migration : List.of("V010__access.sql", "V011__customers.sql")) {
                handle.createScript(read(migration)
                                .replace("${identity}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
                        .execute();
            }
            // Given customers that a person and that events made
            String id = "cus_aaaaaaaaaaaaaaaaaaaaaaaaaa";
            long a = CustomerRows.insert(handle, LIVE, id, CustomerDraft.of("a"), CustomerStatus.ACTIVE, 1);
            CustomerRows.insertExternalId(handle, LIVE, "a", a, 1);
            Map<String, @Nullable String> named = Map.of("b", "B", "c", "C", "a", "A");
            assertThat(DirectoryRows.create(handle, LIVE, named, new Random(1), 2))
                    .isEqualTo(Set.of("b", "c"));
            CustomerRows.Row b = CustomerRows.canonical(handle, LIVE, "b");
            CustomerRows.Row c = CustomerRows.canonical(handle, LIVE, "c");

            // When
            CustomerMerges.merge(handle, LIVE, "a", "b", 3);
            CustomerMerges.merge(handle, LIVE, "b", "c", 4);

            // Then
            assertThat(DirectoryRows.find(handle, LIVE, List.of("a", id, "nobody")))
                    .containsOnlyKeys("a", id)
                    .containsEntry(
                            "a",
                            new Resolution.Resolved(a, c.number(), c.customer().id(), "a", false));
            assertThat(DirectoryRows.group(handle, c.number())).isEqualTo(Set.of(a, b.number(), c.number()));
            CustomerMerges.undo(handle, CustomerRows.own(handle, LIVE, "b").orElseThrow());
            assertThat(DirectoryRows.merged(handle, LIVE)).isEqualTo(Map.of(a, b.number()));
            assertThat(DirectoryRows.byNumber(handle, List.of(a)).get(a))
                    .isEqualTo(new CustomerRef(a, b.number(), b.customer().id(), "b"));
            assertThat(CustomerMerges.aliases(handle, b)).hasSize(2);

            CustomerFilter filter = new CustomerFilter(
                    Set.of(CustomerStatus.AUTOMATICALLY_CREATED),
                    Set.of("b", "c"),
                    null,
                    "B",
                    CustomerFilter.NONE.created());
            assertThat(CustomerRows.page(handle, LIVE, filter, PageRequest.FIRST))
                    .hasSize(1);
            assertThat(CustomerRows.count(handle, LIVE, filter)).isEqualTo(1);
            CustomerRows.update(
                    handle, c.number(), new CustomerDraft("c", null, null, null, null), CustomerStatus.ACTIVE, 5);
        }
    }

    private static String read(String migration) throws IOException {
        try (InputStream in = PostgresSqlTest.class.getResourceAsStream("/db/control/" + migration)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
