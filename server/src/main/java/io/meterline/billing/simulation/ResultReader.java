package io.meterline.billing.simulation;

import io.meterline.event.Period;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ResultWriter} wrote, from the beginning to the end. */
final class ResultReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final DataInputStream in;
    private final int scenarios;
    private long number;
    private int left;
    private boolean ended;

    ResultReader(Path path, int scenarios) throws IOException {
        this.scenarios = scenarios;
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
        int version = in.readByte();
        if (version != ResultWriter.VERSION) {
            throw new IOException("the result is of version " + version + ", which this server cannot read");
        }
    }

    /**
     * One customer or subscription.
     *
     * @param number its place in the file, from 1
     * @param customer its number
     * @param amounts the totals of the baseline and the candidates
     */
    record Row(
            long number,
            long customer,
            @Nullable String subscription,
            BigDecimal quantity,
            List<BigDecimal> amounts,
            int periods) {

        /** What a candidate, counted from 0, costs more than the baseline. */
        BigDecimal difference(int candidate) {
            return amounts.get(candidate + 1).subtract(amounts.getFirst());
        }
    }

    /** One period of the row that was read last. */
    record PeriodRow(Period period, BigDecimal quantity, long events, List<BigDecimal> amounts) {}

    /** The next one; null behind the last. */
    @Nullable
    Row next() throws IOException {
        in.skipNBytes(left);
        left = 0;
        if (ended || in.readByte() == 0) {
            ended = true;
            return null;
        }
        long customer = in.readLong();
        String subscription = in.readUTF();
        BigDecimal quantity = decimal();
        List<BigDecimal> amounts = amounts();
        int periods = in.readInt();
        left = in.readInt();
        number++;
        return new Row(number, customer, subscription.isEmpty() ? null : subscription, quantity, amounts, periods);
    }

    /** The periods of the row that was read last; once. */
    List<PeriodRow> periods(Row row) throws IOException {
        List<PeriodRow> periods = new ArrayList<>();
        long from = in.readLong();
        for (int i = 0; i < row.periods(); i++) {
            long to = in.readLong();
            periods.add(new PeriodRow(new Period(from, to), decimal(), in.readLong(), amounts()));
            from = to;
        }
        left = 0;
        return periods;
    }

    private List<BigDecimal> amounts() throws IOException {
        List<BigDecimal> amounts = new ArrayList<>(scenarios);
        for (int i = 0; i < scenarios; i++) {
            amounts.add(decimal());
        }
        return amounts;
    }

    private BigDecimal decimal() throws IOException {
        int scale = in.readShort();
        byte[] digits = in.readNBytes(in.readUnsignedShort());
        return new BigDecimal(new BigInteger(digits), scale);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
