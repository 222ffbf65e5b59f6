package io.meterline.ingest;

import io.meterline.access.EnvironmentSettings;
import io.meterline.customer.CreatePolicy;
import java.time.Duration;

/**
 * What an environment sets about events that come in.
 *
 * @param futureTolerance how far ahead of now a timestamp may lie
 * @param unknownCustomers what happens to an external id that nobody knows
 */
public record IngestRules(ExcessDigits excessDigits, Duration futureTolerance, CreatePolicy unknownCustomers) {

    /** The rules for pushed events. */
    public static IngestRules of(EnvironmentSettings settings) {
        ExcessDigits digits = switch (settings.excessDigits()) {
            case REJECT -> ExcessDigits.REJECT;
            case ROUND -> ExcessDigits.ROUND;
        };
        CreatePolicy policy = settings.createCustomersOnPush() ? CreatePolicy.CREATE : CreatePolicy.REFUSE;
        return new IngestRules(digits, settings.futureTolerance(), policy);
    }
}
