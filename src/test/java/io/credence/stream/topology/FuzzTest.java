package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Hostile records through the whole graph: nothing throws, and each is scored, logged or a dead letter, once. The number
 * of records is {@code -Dfuzz.records}, the seed {@code -Dfuzz.seed}.
 */
class FuzzTest {
    private static final int RECORDS = Integer.getInteger("fuzz.records", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 7);
    private static final int LOT = 500;
    private static final long MOST_GROWTH = 24L << 20;

    private final Rides rides = new Rides(
            "credence.features", "km,city:onehot(A,B)",
            "credence.score.batch.size", "8",
            "credence.checkpoint.events", "16");
    private final Map<String, Integer> tally = new TreeMap<>();
    private final BitSet accounted = new BitSet(RECORDS);
    private int logged;

    @Test
    void shouldAccountForEachRecordOnceWhenRecordsAreHostile() {
        Random random = new Random(SEED);
        Mutant mutant = new Mutant(SEED, rides);
        BitSet labelled = new BitSet(RECORDS);
        long warm = 0;
        try (Bench bench = new Bench(rides)) {
            for (int n = 0; n < RECORDS; n++) {
                labelled.set(n, random.nextBoolean());
                String topic = labelled.get(n) ? Rides.LABELLED : Rides.UNLABELLED;
                send(bench, topic, n, mutant.next(topic));
                if (random.nextInt(40) == 0) {
                    bench.send(bench.topics.posteriors(), key(random), mutant.next(topic));
                }
                if (n % LOT == LOT - 1 || n == RECORDS - 1) {
                    bench.pass(1_000);
                    drain(bench);
                }
                if (n == RECORDS / 5) {
                    warm = heap();
                }
            }
            assertTrue(heap() - warm < MOST_GROWTH, "the heap grew from " + warm + " to " + heap());
        }
        assertEquals(RECORDS, accounted.cardinality() + logged, "records accounted for: " + tally);
        System.out.println("fuzz: " + RECORDS + " records, seed " + SEED + ", heap " + (warm >> 20)
                + " MB after a fifth, " + (heap() >> 20) + " MB at the end, " + tally);
        assertTrue(tally.getOrDefault("scored", 0) > RECORDS / 20 && logged > RECORDS / 20, tally.toString());
    }

    private static void send(Bench bench, String topic, int n, byte @Nullable [] value) {
        try {
            bench.send(topic, null, value, new RecordHeader("n", Bench.utf8(Integer.toString(n))));
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "record " + n + " of seed " + SEED + " on " + topic + ": "
                            + (value == null
                                    ? "null"
                                    : HexFormat.of().formatHex(value, 0, Math.min(300, value.length))),
                    e);
        }
    }

    private void drain(Bench bench) {
        for (String topic : bench.driver.producedTopicNames()) {
            for (TestRecord<byte[], byte[]> record : bench.read(topic)) {
                if (topic.equals(bench.topics.scored())) {
                    account(record, "scored");
                } else if (topic.equals(bench.topics.deadLetters())) {
                    account(record, Bench.header(record, DeadLetter.REASON));
                } else if (topic.equals(bench.topics.training())) {
                    logged++;
                }
            }
        }
    }

    private void account(TestRecord<byte[], byte[]> record, String as) {
        int n = Integer.parseInt(Bench.header(record, "n"));
        assertTrue(!accounted.get(n), () -> "record " + n + " came out twice, now as " + as);
        accounted.set(n);
        tally.merge(as, 1, Integer::sum);
    }

    private static byte @Nullable [] key(Random random) {
        byte[] key = Bench.utf8(random.nextBoolean() ? "/0" : "x/" + random.nextInt());
        if (random.nextInt(4) == 0) {
            key[random.nextInt(key.length)] = (byte) random.nextInt();
        }
        return random.nextInt(9) == 0 ? null : key;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
