package io.meterline.file;

import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.meter.UsageAnswer;
import io.meterline.store.EventReader;
import io.meterline.store.EventScan;
import io.meterline.store.OverloadedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files going out: all events that match, as they are at one moment, or a figure.
 *
 * <p>Events go to a file on the disk as fast as the store gives them, and from there to the receiver: a slow one holds up
 * nothing but its own answer. When it goes away the rest is not read.
 */
public final class Exports {

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final EventReader events;
    private final CustomerDirectory customers;
    private final Path folder;

    /** Exports by way of a folder of their own, which is emptied. */
    public Exports(EventReader events, CustomerDirectory customers, Path folder) {
        this.events = events;
        this.customers = customers;
        this.folder = folder;
        try {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> left = Files.walk(folder)) {
                    for (Path path : left.sorted((a, b) -> b.compareTo(a)).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy the folder for exports " + folder, e);
        }
    }

    /** A file on its way: to be sent, then closed, or only closed. */
    public static final class Export implements AutoCloseable {

        private final Spool spool;

        private Export(Spool spool) {
            this.spool = spool;
        }

        /** Sends the file. Throws {@link IOException} when the receiver goes away or the file breaks off. */
        public void sendTo(OutputStream out) throws IOException {
            spool.copyTo(out);
        }

        @Override
        public void close() throws IOException {
            spool.close();
        }
    }

    /**
     * Begins to export events. A file that an import reads; of a property that is null only NDJSON says so.
     *
     * <p>Throws {@link RuleException} {@code too_many_columns} or {@code columns_differ_by_case}, and {@link
     * OverloadedException} when too many exports wait.
     */
    public Export events(Environment environment, EventScan scan, FileType type) throws IOException {
        String name = "exp_" + UUID.randomUUID();
        Spool spool = new Spool(folder.resolve(name));
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(() -> write(environment, scan, type, name, spool, begun));
        try {
            begun.join();
            return new Export(spool);
        } catch (CompletionException e) {
            spool.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void write(
            Environment environment,
            EventScan scan,
            FileType type,
            String name,
            Spool spool,
            CompletableFuture<Boolean> begun) {
        Runnable begin = () -> begun.complete(true);
        CustomerNames names = new CustomerNames(customers);
        OutputStream out = spool.output();
        try (TableWriter table = TableWriter.of(type, out, folder.resolve(name + ".parts"))) {
            EventScan.Sink sink = type == FileType.NDJSON
                    ? new EventJsonLines(out, names, begin)
                    : new EventTable(table, names, type == FileType.PARQUET, begin);
            events.scan(environment, scan, sink);
            out.flush();
            spool.complete();
        } catch (IOException | RuntimeException e) {
            boolean wasBegun = !begun.completeExceptionally(e);
            spool.fail(e);
            if (wasBegun && !spool.isAbandoned()) {
                LOG.error("export {} broke off", name, e);
            }
        }
    }

    /** Writes a figure: a row for each group and window. Throws {@link IOException} when the receiver goes away. */
    public void usage(UsageAnswer answer, List<String> groupBy, FileType type, OutputStream out) throws IOException {
        if (type != FileType.PARQUET) {
            write(answer, groupBy, type, out);
            return;
        }
        // Not on a virtual thread: its calls may come from several threads.
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        Thread.ofPlatform().name("export-usage").start(() -> {
            try {
                write(answer, groupBy, type, out);
                written.complete(true);
            } catch (IOException | RuntimeException e) {
                written.completeExceptionally(e);
            }
        });
        try {
            written.join();
        } catch (CompletionException e) {
            throw new IOException("the export broke off", e.getCause());
        }
    }

    private void write(UsageAnswer answer, List<String> groupBy, FileType type, OutputStream out) throws IOException {
        Path scratch = folder.resolve("exp_" + UUID.randomUUID() + ".parts");
        try (TableWriter table = TableWriter.of(type, out, scratch)) {
            new UsageTable(answer, groupBy, type == FileType.CSV).write(table);
        }
    }
}
