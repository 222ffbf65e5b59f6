package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueryFixTest {

    @Test
    void anAliasThatLostItsCaseIsQuoted() {
        assertThat(QueryFix.of("select id, company_id as customerId, at from calls", "customerId"))
                .isEqualTo("select id, company_id as \"customerId\", at from calls");
        assertThat(QueryFix.of("select company_id AS  CUSTOMERID from calls", "customerId"))
                .isEqualTo("select company_id AS  \"customerId\" from calls");
    }

    @Test
    void nothingIsTouchedWhereItIsNotClearWhatIsMeant() {
        assertThat(QueryFix.of("select a as customerId, b as customerId from calls", "customerId"))
                .isNull();
        assertThat(QueryFix.of("select company_id as \"customerId\" from calls", "customerId"))
                .isNull();
        assertThat(QueryFix.of("select company_id as customerIds from calls", "customerId"))
                .isNull();
    }
}
