package io.meterline.loader;

import io.meterline.loader.source.PostgresSource;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.SourceDatabase;

/** The reader of each provider. */
final class Sources {

    private static final SourceDatabase POSTGRES = new PostgresSource();

    private Sources() {}

    static SourceDatabase of(Provider provider) {
        return switch (provider) {
            case POSTGRES -> POSTGRES;
        };
    }
}
