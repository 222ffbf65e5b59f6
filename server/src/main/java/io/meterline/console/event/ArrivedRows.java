package io.meterline.console.event;

import java.util.List;

/** Rows that a list gets while it is looked at, the last first, with the columns that it has. */
public record ArrivedRows(List<Row> rows, boolean source, boolean record, boolean arrived) {}
