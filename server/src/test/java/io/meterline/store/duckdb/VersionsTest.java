package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.store.duckdb.Versions.Verdict;
import io.meterline.store.key.KeyEntry;
import org.junit.jupiter.api.Test;

final class VersionsTest {

    @Test
    void pushedEventWinsUnlessItIsOlder() {
        KeyEntry current = entry(10, 0);

        assertThat(Versions.against(current, event("t").at(11).build(), 0)).isEqualTo(Verdict.CORRECTED);
        assertThat(Versions.against(current, event("t").at(10).build(), 0)).isEqualTo(Verdict.CORRECTED);
        assertThat(Versions.against(current, event("t").at(9).build(), 0)).isEqualTo(Verdict.IGNORED);
        assertThat(Versions.against(current, event("t").at(9).replace().build(), 0))
                .isEqualTo(Verdict.CORRECTED);
    }

    @Test
    void pulledRowThatSaysTheSameChangesNothing() {
        KeyEntry current = entry(10, 55);

        assertThat(Versions.against(current, event("t").pulled(11).build(), 55)).isEqualTo(Verdict.UNCHANGED);
        assertThat(Versions.against(current, event("t").pulled(11).build(), 56)).isEqualTo(Verdict.CORRECTED);
        assertThat(Versions.against(current, event("t").pulled(10).build(), 55)).isEqualTo(Verdict.REPEATED);
        assertThat(Versions.against(current, event("t").pulled(9).build(), 55)).isEqualTo(Verdict.IGNORED);
    }

    private static KeyEntry entry(long version, long fingerprint) {
        KeyEntry entry = new KeyEntry();
        entry.version = version;
        entry.fingerprint = fingerprint;
        return entry;
    }
}
