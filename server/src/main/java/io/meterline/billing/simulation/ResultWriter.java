package io.meterline.billing.simulation;

import io.meterline.billing.simulation.PricedSubject.PricedPeriod;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what everybody pays to a file, one after the other as they come; {@link ResultReader} says what is in it.
 *
 * <p>For each: a byte 1; the customer; the subscription or an empty text; the quantity; the totals; the number of periods; the
 * bytes that follow for them; where the first begins; and for each period where it ends, the quantity, the events and the
 * amounts. A byte 0 ends the file.
 */
final class ResultWriter implements AutoCloseable {

    static final int VERSION = 1;

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private final DataOutputStream out;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final DataOutputStream periods = new DataOutputStream(block);

    ResultWriter(Path path) throws IOException {
        this.file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
        this.out = new DataOutputStream(buffered);
        out.writeByte(VERSION);
    }

    void write(PricedSubject subject) throws IOException {
        out.writeByte(1);
        out.writeLong(subject.customer());
        out.writeUTF(subject.subscription() == null ? "" : subject.subscription());
        decimal(out, subject.quantity());
        int scenarios = subject.periods().getFirst().amounts().size();
        for (int i = 0; i < scenarios; i++) {
            decimal(out, subject.total(i));
        }
        block.reset();
        periods.writeLong(subject.periods().getFirst().period().fromMicros());
        for (PricedPeriod period : subject.periods()) {
            periods.writeLong(period.period().toMicros());
            decimal(periods, period.quantity());
            periods.writeLong(period.events());
            for (BigDecimal amount : period.amounts()) {
                decimal(periods, amount);
            }
        }
        out.writeInt(subject.periods().size());
        out.writeInt(block.size());
        block.writeTo(out);
    }

    private static void decimal(DataOutputStream to, BigDecimal number) throws IOException {
        byte[] digits = number.unscaledValue().toByteArray();
        to.writeShort(number.scale());
        to.writeShort(digits.length);
        to.write(digits);
    }

    /** Everything is there, and survives a crash. */
    void finish() throws IOException {
        out.writeByte(0);
        out.flush();
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
