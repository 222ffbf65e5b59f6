package io.meterline.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * The JSON of events, written by patching digits into a copy of one text. The driver shares its cores with the server,
 * so that every microsecond spent here would be taken from the figure.
 */
final class EventText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String[] REGIONS = {"eu-west-1", "eu-west-3", "us-east-1", "us-west-2"};

    private final Workload workload;
    private final byte[] template;
    private final byte[][] regions = new byte[REGIONS.length][];
    private final byte[][] days;
    private final int customerAt;
    private final int typeAt;
    private final int timestampAt;
    private final int idAt;
    private final int amountAt;
    private final int regionAt;
    private final int unitsAt;
    private final int pathAt;

    EventText(Workload workload) {
        this.workload = workload;
        StringBuilder text = new StringBuilder();
        customerAt = at(text, "{\"customer_id\":\"customer-");
        typeAt = at(text, "00000000\",\"event_type\":\"usage_");
        timestampAt = at(text, "000\",\"timestamp\":\"");
        idAt = at(text, "2026-01-01T00:00:00Z\",\"record\":{\"id\":\"txn_");
        at(text, "0".repeat(26) + "\"");
        List<String> names = workload.propertyNames();
        int[] places = new int[names.size()];
        for (int i = 0; i < names.size(); i++) {
            places[i] = at(text, ",\"" + names.get(i) + "\":") + (isText(names.get(i)) ? 1 : 0);
            text.append(sample(names.get(i)));
        }
        text.append("}}");
        template = bytes(text.toString());
        amountAt = places[0];
        regionAt = place(places, 1);
        unitsAt = place(places, 2);
        pathAt = place(places, 3);
        for (int i = 0; i < REGIONS.length; i++) {
            regions[i] = bytes(REGIONS[i]);
        }
        days = workload.days().stream()
                .map(LocalDate::toString)
                .map(EventText::bytes)
                .toArray(byte[][]::new);
    }

    /** The length of every event. */
    int length() {
        return template.length;
    }

    /** Writes an event and gives the place behind it. */
    int write(byte[] out, int at, long index, int version) {
        System.arraycopy(template, 0, out, at, template.length);
        long hash = Workload.mix(index);
        long second = workload.second(index, version);
        digits(out, at + customerAt, 8, workload.customer(index));
        digits(out, at + typeAt, 3, workload.type(index));
        timestamp(out, at + timestampAt, second);
        hex(out, at + idAt, hash);
        digits(out, at + idAt + 16, 10, index);
        amount(out, at + amountAt, workload.amount(index, version));
        if (regionAt >= 0) {
            System.arraycopy(regions[(int) (hash & 3)], 0, out, at + regionAt, 9);
        }
        if (unitsAt >= 0) {
            digits(out, at + unitsAt + 1, 2, hash >>> 33 & 63);
        }
        if (pathAt >= 0) {
            digits(out, at + pathAt + 8, 3, hash >>> 50 & 511);
        }
        return at + template.length;
    }

    private void timestamp(byte[] out, int at, long second) {
        System.arraycopy(days[Workload.day(second)], 0, out, at, 10);
        int ofDay = Workload.secondOfDay(second);
        digits(out, at + 11, 2, ofDay / 3_600);
        digits(out, at + 14, 2, ofDay / 60 % 60);
        digits(out, at + 17, 2, ofDay % 60);
    }

    private static void amount(byte[] out, int at, long hundredths) {
        digits(out, at, 4, hundredths / 100);
        digits(out, at + 5, 2, hundredths % 100);
    }

    static void digits(byte[] out, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static void hex(byte[] out, int at, long value) {
        for (int i = 0; i < 16; i++) {
            out[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }

    private static int at(StringBuilder text, String more) {
        return text.append(more).length();
    }

    private static int place(int[] places, int property) {
        return property < places.length ? places[property] : -1;
    }

    static boolean isText(String property) {
        return property.equals("region")
                || property.equals("path")
                || (property.startsWith("extra_") && (property.charAt(7) & 1) == 1);
    }

    private static String sample(String property) {
        return switch (property) {
            case "amount" -> "1000.00";
            case "region" -> "\"eu-west-1\"";
            case "units" -> "100";
            case "path" -> "\"/v1/job/000/result\"";
            case "cached" -> "true";
            default -> isText(property) ? "\"" + property + "-value\"" : "12.5";
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
