package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueryFaultTest {

    private static final String QUERY = "SELECT id,\n       c.tokenz, c.name\nFROM calls c";

    @Test
    void theWordAtThePlaceIsMarked() {
        QueryFault fault =
                QueryFault.of("The source says: column c.tokenz does not exist, at line 2, column 8.", QUERY);

        assertThat(fault.spot()).isEqualTo(new QueryFault.Spot(2, 8, "", "c.tokenz", ", c.name"));
    }

    @Test
    void aLineWithoutAColumnIsMarkedAsAWhole() {
        QueryFault fault = QueryFault.of("The source says: syntax error, at line 3.", QUERY);

        assertThat(fault.spot()).isEqualTo(new QueryFault.Spot(3, 0, "", "FROM calls c", ""));
    }

    @Test
    void aSentenceWithoutAPlaceOrWithOneBeyondTheQueryMarksNothing() {
        assertThat(QueryFault.of("The query tries to write.", QUERY).spot()).isNull();
        assertThat(QueryFault.of("It failed, at line 9, column 1.", QUERY).spot())
                .isNull();
    }
}
