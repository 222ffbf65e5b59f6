package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.RuleException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes come in: they are read, refused one by one, or refused as a whole by a rule; nothing else happens. */
class FuzzTest {

    private static final String SEED = "[" + Parsing.eventWith("\"a\":1.5e3,\"b\":[\"é\\ud83d\\ude00\",null,true,-0]")
            + "," + Parsing.eventAt("1767650212000") + "," + Parsing.event("{\"id\":\"x\",\"n\":0.1}") + "]";
    private static final byte[] TOKENS = Parsing.bytes("{}[]\",:\\u0eE+-.19ntf \n/'");

    @Property(tries = 3000)
    void mutatedJsonIsReadOrRefusedByARule(@ForAll("mutated") byte[] body) {
        expectEventsOrRule(body);
    }

    @Property(tries = 1000)
    void randomBytesAreReadOrRefusedByARule(@ForAll byte[] body) {
        expectEventsOrRule(body);
    }

    private static void expectEventsOrRule(byte[] body) {
        expect(body, bytes -> Parsing.parser().array(bytes));
        expect(body, bytes -> Parsing.parser(ExcessDigits.ROUND).one(bytes));
        Batch lines = new EventLines(body, Parsing.parser()).next(Integer.MAX_VALUE);
        assertThat(lines.size()).isEqualTo(EventLines.count(body));
        expectOffsetsInside(lines);
    }

    private static void expect(byte[] body, Function<byte[], Batch> parse) {
        try {
            expectOffsetsInside(parse.apply(body));
        } catch (RuleException e) {
            assertThat(e.kind()).isEqualTo(RuleException.Kind.INVALID);
        }
    }

    private static void expectOffsetsInside(Batch batch) {
        int length = batch.body().length;
        assertThat(batch.events()).allSatisfy(event -> {
            assertThat(event.start()).isBetween(0, event.recordStart());
            assertThat(event.recordEnd()).isBetween(event.recordStart(), event.end());
            assertThat(event.end()).isLessThanOrEqualTo(length);
            assertThat(batch.body()[event.recordStart()]).isEqualTo((byte) '{');
            assertThat(batch.body()[event.recordEnd() - 1]).isEqualTo((byte) '}');
        });
        assertThat(batch.refused())
                .allSatisfy(event -> assertThat(event.start()).isBetween(0, event.end()));
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        return Arbitraries.longs().map(FuzzTest::mutate);
    }

    private static byte[] mutate(long seed) {
        Random random = new Random(seed);
        byte[] body = Parsing.bytes(SEED);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(body.length);
            body[at] = random.nextInt(8) == 0 ? (byte) random.nextInt(256) : TOKENS[random.nextInt(TOKENS.length)];
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
        return Arrays.copyOf(body, length);
    }
}
