package io.meterline.loader.source;

/** Where a source is and who reads it. Its text never shows a secret. */
public sealed interface SourceAddress permits ServerAddress, FileAddress, JdbcAddress {

    Provider provider();

    /** The address as a URL that gives nothing away. */
    String maskedUrl();
}
