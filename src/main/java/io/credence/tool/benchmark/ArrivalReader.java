package io.credence.tool.benchmark;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads scored records as any other program would, on a thread of its own, and notes how long they took. The key of a
 * record is the {@link System#nanoTime} at which it was due to be sent, so that a sender that falls behind shows up.
 */
final class ArrivalReader implements AutoCloseable {
    private static final long LONGEST_MICROS = 600_000_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Semaphore arrived = new Semaphore(0);
    private final Thread thread;
    private volatile long countedFrom = Long.MAX_VALUE;
    private volatile boolean stopping;

    ArrivalReader(KafkaConsumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.thread = new Thread(this::read, "benchmark-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Notes from now on what is due from a moment on. */
    void countFrom(long nanos) {
        countedFrom = nanos;
    }

    /** One permit for each record that arrived. */
    Semaphore arrived() {
        return arrived;
    }

    private void read() {
        try (consumer) {
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                long from = countedFrom;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long due = Topics.number(record.key());
                    if (due >= from) {
                        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (now - due) / 1_000)));
                    }
                }
                arrived.release(records.count());
            }
        }
    }

    /** Stops reading; the distribution is complete then. */
    Histogram stop() {
        close();
        return micros;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
