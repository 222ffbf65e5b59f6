package io.meterline.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was done, in words. */
final class ActionWordsTest {

    @ParameterizedTest
    @CsvSource({
        "POST /v1/products, created a product",
        "PUT /v1/products/{id}, changed a product",
        "PUT /v1/settings, changed the settings",
        "DELETE /v1/api-keys/{id}, deleted an API key",
        "POST /v1/statements/{id}/close, closed a statement",
        "POST /v1/subscriptions/{id}/change, changed the terms of a subscription",
        "POST /v1/loaders/{id}/runs/{run_id}/cancel, canceled a run of a data loader",
        "DELETE /v1/customers/{id}/merge, took back the merge of a customer",
        "invited a user, invited a user",
    })
    void aRouteIsADeed(String action, String words) {
        assertThat(ActionWords.of(new AuditChange(
                        AuditActor.COMMAND_LINE, null, "POST", "/v1/x", action, null, null, null, null)))
                .isEqualTo(words);
    }
}
