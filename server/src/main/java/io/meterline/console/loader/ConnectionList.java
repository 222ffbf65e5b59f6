package io.meterline.console.loader;

import io.meterline.console.Tab;
import java.util.List;

/** The connections of an environment. */
public record ConnectionList(List<Row> rows, List<Tab> tabs, String curl) {

    /**
     * A connection and who reads through it.
     *
     * @param users the names of data loaders
     */
    public record Row(Connection connection, List<Loader> users) {}
}
