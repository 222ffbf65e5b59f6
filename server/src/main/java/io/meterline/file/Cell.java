package io.meterline.file;

/** What a cell of a CSV or Parquet file holds. */
sealed interface Cell {

    /** Nothing: the event does not have the property. */
    enum Absent implements Cell {
        ABSENT
    }

    /** Text. */
    record Text(String value) implements Cell {}

    /** A number, a boolean, null or an array, written as JSON. */
    record Json(String value) implements Cell {}

    /** Something that no property can hold. */
    record Unusable(String code, String message) implements Cell {}
}
