package io.meterline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageRequestTest {

    @Test
    void aFullPageSaysWhereTheNextOneStarts() {
        PageRequest request = new PageRequest(2, 0, null);
        Page<Long> page = Page.of(List.of(9L, 7L, 3L), request, 5, Long::longValue);

        assertThat(page.data()).containsExactly(9L, 7L);
        assertThat(page.total()).isEqualTo(5);
        assertThat(new PageRequest(2, 0, page.nextCursor()).position()).isEqualTo(7);
    }

    @Test
    void theLastPageHasNoCursor() {
        assertThat(Page.of(List.of(1L, 2L), new PageRequest(2, 0, null), 2, Long::longValue)
                        .nextCursor())
                .isNull();
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PageRequest(101, 0, null)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new PageRequest(0, 0, null)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new PageRequest(1, 10_001, null)).hasMessageContaining("10000");
        assertThatThrownBy(() -> new PageRequest(1, 1, PageRequest.cursorAfter(1)))
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> new PageRequest(1, 0, "!")).hasMessageContaining("next_cursor");
    }
}
