package io.meterline.store;

/** One engine: its writer, its reader and its health. Closing drains what was accepted and makes it durable. */
public interface EventStore extends EventWriter, EventReader, AutoCloseable {

    /** Whether new events can be written now. */
    Health health();

    /** What goes on inside. */
    StoreFigures figures();

    @Override
    void close();

    /**
     * The state of the writing side.
     *
     * @param writable false when writing stalls or the engine has failed
     * @param detail a sentence for the operator, without payload
     */
    record Health(boolean writable, String detail) {}
}
