package io.credence.crash;

import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Feeds labelled, unlabelled and bad records, shuffled by a seed, at a steady rate, and keeps the ledger. */
final class Feed implements AutoCloseable {
    /** One of the two models, where models are keyed. */
    static final String SITE = "north";

    private static final byte[] NOTHING = {};
    private static final int FOR_LONG = 1_800_000;

    private final Application application;
    private final Random random;
    private final Points points;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Ledger ledger = new Ledger();
    private int sequence;
    private volatile int toSend;

    Feed(Application application, String bootstrap, long seed) {
        this.application = application;
        this.random = new Random(seed);
        points = new Points(application.config().serde(), "id:text", "site:text", "a", "b", "colour:text");
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        5,
                        // A new topic may refuse the first batch and take the second: the first is then out of order.
                        "max.in.flight.requests.per.connection",
                        1,
                        // Whoever waits for what the feed brings about gives up, not the feed.
                        "delivery.timeout.ms",
                        FOR_LONG,
                        "max.block.ms",
                        FOR_LONG),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Records that are still to be sent before it may stop. */
    int toSend() {
        return toSend;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Feeds the given numbers of each kind in random order, then on until told to stop. */
    void run(int labelled, int unlabelled, int bad, int rate, java.util.function.BooleanSupplier over) {
        int[] left = {labelled, unlabelled, bad};
        long next = System.nanoTime();
        while (left[0] + left[1] + left[2] > 0 || !over.getAsBoolean()) {
            int kind = left[0] + left[1] + left[2] > 0 ? draw(left) : draw(new int[] {labelled, unlabelled, bad});
            left[kind] = Math.max(0, left[kind] - 1);
            toSend = left[0] + left[1] + left[2];
            send(kind);
            next += 1_000_000_000L / rate;
            LockSupport.parkNanos(next - System.nanoTime());
            rethrow();
        }
        producer.flush();
    }

    /** Sends one record now, of a kind drawn with these weights. */
    void sendOne(int labelled, int unlabelled, int bad) {
        send(draw(new int[] {labelled, unlabelled, bad}));
        rethrow();
    }

    private void rethrow() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new AssertionError("the feed failed", failed);
        }
    }

    private int draw(int[] weights) {
        int at = random.nextInt(Math.max(1, weights[0] + weights[1] + weights[2]));
        return at < weights[0] ? 0 : at < weights[0] + weights[1] ? 1 : 2;
    }

    private void send(int kind) {
        String key = (kind == 0 ? "l" : kind == 1 ? "u" : "b") + sequence++;
        boolean toLabelled = kind == 0 || (kind == 2 && random.nextBoolean());
        String topic = toLabelled ? application.labelled() : application.unlabelled();
        byte[] value = value(topic, key, toLabelled);
        byte[] sent = kind == 2 ? spoiled(value) : value;
        int partition = random.nextInt(Application.PARTITIONS);
        producer.send(
                new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), sent),
                (at, fault) -> acknowledged(kind, key, sent, at, fault));
    }

    private void acknowledged(int kind, String key, byte[] value, RecordMetadata at, Exception fault) {
        if (fault != null) {
            failure.compareAndSet(null, fault);
        } else if (kind == 0) {
            ledger.labelled.add(at.topic() + "-" + at.partition() + "-" + at.offset());
        } else if (kind == 1) {
            ledger.unlabelled.add(key);
            ledger.partitionOf.put(key, at.partition());
            ledger.unlabelledOf.incrementAndGet(at.partition());
        } else {
            ledger.bad.put(at.topic() + "-" + at.partition() + "-" + at.offset(), value == null ? NOTHING : value);
        }
    }

    private byte[] value(String topic, String id, boolean labelled) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        boolean north = random.nextBoolean();
        String colour = random.nextBoolean() ? "red" : "green";
        Double y = labelled ? (north ? a - 2 * b : 3 * b) + 0.2 * random.nextGaussian() : null;
        // On a busy machine the registry needs longer for its first schema than the serde has patience.
        AtomicReference<byte[]> bytes = new AtomicReference<>();
        Wait.until("a schema registry that answers", () -> "nothing yet", () -> {
            bytes.set(points.bytes(topic, id, north ? SITE : "south", a, b, colour, y));
            return true;
        });
        return bytes.get();
    }

    /** Something that cannot be used, one of several kinds. */
    private byte[] spoiled(byte[] good) {
        byte[] copy = good.clone();
        switch (random.nextInt(6)) {
            case 0:
                return null;
            case 1:
                return NOTHING;
            case 2:
                return Arrays.copyOf(good, good.length / 2);
            case 3:
                return Arrays.copyOf(good, good.length + 3);
            case 4:
                copy[1] = 0x7f; // a schema id that nobody registered
                return copy;
            default:
                copy[0] = 9;
                return copy;
        }
    }

    @Override
    public void close() {
        producer.close();
        points.close();
    }
}
