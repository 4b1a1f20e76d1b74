package io.credence.tool.benchmark;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records at a steady rate, or one by one, and times them until they can be read from another topic. */
final class LatencyProbe {
    private static final long TICK_NANOS = 500_000;
    private static final int IDLE_WARM_UP = 20;
    private static final int IDLE_EVENTS = 100;
    private static final long IDLE_PATIENCE_SECONDS = 30;

    private final Topics topics;
    private final String from;
    private final String to;
    private final int partitions;
    private final LongFunction<byte[]> values;

    LatencyProbe(Topics topics, String from, String to, int partitions, LongFunction<byte[]> values) {
        this.topics = topics;
        this.from = from;
        this.to = to;
        this.partitions = partitions;
        this.values = values;
    }

    /**
     * What was measured.
     *
     * @param committed latencies of a {@code read_committed} reader
     * @param uncommitted latencies of a {@code read_uncommitted} reader
     */
    record Measured(Latency committed, Latency uncommitted) {}

    /**
     * Sends at a rate and measures, after as long a warm-up.
     *
     * @throws IllegalStateException if the records do not arrive
     */
    Measured atRate(double perSecond, Duration time) throws InterruptedException {
        try (ArrivalReader committed = new ArrivalReader(topics.consumer(to, true), "committed");
                ArrivalReader uncommitted = new ArrivalReader(topics.consumer(to, false), "uncommitted");
                KafkaProducer<byte[], byte[]> producer = topics.producer(0)) {
            send(producer, 0, 1);
            await(committed, 1);
            long start = System.nanoTime();
            long counted = start + time.toNanos();
            committed.countFrom(counted);
            uncommitted.countFrom(counted);
            long total = Math.max(2, (long) (2 * perSecond * time.toNanos() * 1e-9));
            for (long sent = 0; sent < total; ) {
                long due = Math.min(total, (long) ((System.nanoTime() - start) * 1e-9 * perSecond));
                for (; sent < due; sent++) {
                    send(producer, start + (long) (sent / perSecond * 1e9), sent);
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
            await(committed, (int) total);
            await(uncommitted, (int) total + 1);
            return new Measured(Latency.of(committed.stop()), Latency.of(uncommitted.stop()));
        }
    }

    /** Sends one record at a time with pauses, and measures until an uncommitted reader has it. */
    Latency idle() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(3);
        Histogram micros = new Histogram(3);
        try (ArrivalReader reader = new ArrivalReader(topics.consumer(to, false), "idle");
                KafkaProducer<byte[], byte[]> producer = topics.producer(0)) {
            // What is there already is read first.
            send(producer, System.nanoTime(), 0);
            while (reader.arrived().tryAcquire(1, TimeUnit.SECONDS)) {}
            for (int i = 0; i < IDLE_WARM_UP + IDLE_EVENTS; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(30, 80)));
                long now = System.nanoTime();
                send(producer, now, i);
                await(reader, 1);
                if (i >= IDLE_WARM_UP) {
                    micros.recordValue((System.nanoTime() - now) / 1_000);
                }
            }
        }
        return Latency.of(micros);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, long due, long number) {
        producer.send(new ProducerRecord<>(from, (int) (number % partitions), Topics.key(due), values.apply(number)));
    }

    private static void await(ArrivalReader reader, int count) throws InterruptedException {
        if (!reader.arrived().tryAcquire(count, IDLE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    count + " records were not scored within " + IDLE_PATIENCE_SECONDS + " s: is the rate too high?");
        }
    }
}
