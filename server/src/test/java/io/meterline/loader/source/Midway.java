package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reads of which only the beginning comes. */
final class Midway {

    private Midway() {}

    /** Starts a query and reads its first row. */
    static RowStream begin(SourceSession session, String query) {
        RowStream rows = session.read(SqlText.parse(query), Bindings.at(session.moment()));
        assertThat(rows.next()).isTrue();
        return rows;
    }

    /** Reads on to a failure that may pass by itself. */
    static void assertEnds(RowStream rows, String code) {
        assertThatThrownBy(() -> {
                    while (rows.next()) {
                        assertThat(rows.isNull(0)).isFalse();
                    }
                })
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
                    assertThat(e.sentence()).endsWith(".");
                    assertThat(e.isTransient()).isTrue();
                });
    }
}
