package io.credence.tool.feed;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The rows of a table on their way to a topic: in the order of the file, at a given rate. One thread. */
public final class Production {
    private final CsvTable table;
    private final RowRecords rows;
    private final Order order;
    private final @Nullable Integer key;
    private final @Nullable CellReader times;
    private final List<Integer> usable = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();

    /**
     * What is to be sent.
     *
     * @param key column whose text becomes the record's key, or null for none
     * @param time column that becomes the record's timestamp, or null for the time of sending
     * @param label column of the label, or null if it is not known
     * @param form whether records have their label
     * @param delay of the label in {@link Form#BOTH}, in rows
     * @param from first row, from 0
     * @param limit most rows
     * @param rate records in a second, or 0 for as many as the broker takes
     */
    public record Order(
            @Nullable String key,
            @Nullable String time,
            @Nullable String label,
            Form form,
            int delay,
            int from,
            int limit,
            double rate) {}

    /** Whether the records of rows have their label. */
    public enum Form {
        /** As the file has them. */
        AS_THEY_ARE,
        /** Without it. */
        QUESTIONS,
        /** Each without it first, and with it when some more rows have been asked about. */
        BOTH
    }

    /** Where records go. */
    public record Topics(String labelled, String unlabelled) {}

    /**
     * What was sent.
     *
     * @param records that the broker has
     * @param questions those of them without a label, in so far as we left it out
     * @param seconds from the first to the last
     */
    public record Result(long records, long questions, double seconds) {}

    /** Makes bytes of a record for a topic. */
    @FunctionalInterface
    public interface Encoder {
        /** @throws KafkaException if the registry does not take the schema */
        byte[] encode(String topic, GenericRecord value);
    }

    /**
     * Looks at every row that is to be sent.
     *
     * @throws IllegalArgumentException if a column does not exist, or the label cannot be left out
     * @throws CsvException if no row can be used
     */
    public Production(RowRecords rows, Order order) {
        this.table = rows.table();
        this.rows = rows;
        this.order = order;
        this.key = order.key() == null ? null : (Integer) table.column(order.key());
        this.times = order.time() == null ? null : CellReader.ofTimes(table, table.column(order.time()));
        label();
        IntStream.range(Math.min(order.from(), table.size()), table.size())
                .takeWhile(row -> usable.size() < order.limit())
                .forEach(this::look);
        if (usable.isEmpty()) {
            throw new CsvException(
                    rejections.isEmpty()
                            ? "file '" + table.file() + "' has no row to send: it has " + table.size()
                            : "all " + rejections.size() + " rows are rejected; the first: " + rejections.get(0));
        }
    }

    private void look(int row) {
        try {
            rows.record(row);
            time(row);
            usable.add(row);
        } catch (CsvException e) {
            rejections.add(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Field label() {
        if (order.form() == Form.AS_THEY_ARE) {
            return null;
        }
        if (order.label() == null) {
            throw new IllegalArgumentException(
                    "no label is given: name its column with --label, one of " + String.join(", ", table.columns()));
        }
        return rows.label(order.label());
    }

    private @Nullable Long time(int row) {
        if (times == null) {
            return null;
        }
        try {
            return (Long) times.read(row);
        } catch (CellReader.Unfit e) {
            throw new CsvException(table.place(row) + ", column '" + order.time() + "' " + e.getMessage());
        }
    }

    /** Why each row that is left out cannot be used, with its place. */
    public List<String> rejections() {
        return List.copyOf(rejections);
    }

    /** The number of records that will be sent. */
    public long records() {
        return order.form() == Form.BOTH ? 2L * usable.size() : usable.size();
    }

    /**
     * Sends everything; returns when the broker has it.
     *
     * @param sent told of each record that was handed over
     * @param stopped asked before each record
     * @throws KafkaException if the broker or the registry does not take a record
     */
    public Result send(
            Producer<byte[], byte[]> producer,
            Encoder encoder,
            Topics topics,
            LongConsumer sent,
            BooleanSupplier stopped) {
        Sending sending = new Sending(producer, encoder, sent, stopped);
        for (int i = 0; i < usable.size(); i++) {
            int row = usable.get(i);
            boolean ask = order.form() != Form.AS_THEY_ARE;
            sending.send(ask ? topics.unlabelled() : topics.labelled(), row, ask, time(row));
            if (order.form() == Form.BOTH && i >= order.delay()) {
                sending.send(topics.labelled(), usable.get(i - order.delay()), false, time(row));
            }
        }
        if (order.form() == Form.BOTH) {
            // What the end of the file keeps waiting arrives with its last row.
            Long last = time(usable.get(usable.size() - 1));
            for (int i = Math.max(0, usable.size() - order.delay()); i < usable.size(); i++) {
                sending.send(topics.labelled(), usable.get(i), false, last);
            }
        }
        return sending.end();
    }

    /** The clock, the counts and the first failure of one run. */
    private final class Sending {
        private final Producer<byte[], byte[]> producer;
        private final Encoder encoder;
        private final LongConsumer sent;
        private final BooleanSupplier stopped;
        private final @Nullable Field label = label();
        private final AtomicLong taken = new AtomicLong();
        private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();
        private final long start = System.nanoTime();
        private long handed;
        private long questions;

        Sending(Producer<byte[], byte[]> producer, Encoder encoder, LongConsumer sent, BooleanSupplier stopped) {
            this.producer = producer;
            this.encoder = encoder;
            this.sent = sent;
            this.stopped = stopped;
        }

        void send(String topic, int row, boolean ask, @Nullable Long time) {
            refuse();
            if (!due()) {
                return;
            }
            GenericRecord value = rows.record(row);
            if (ask && label != null) {
                value.put(label.pos(), null);
                questions++;
            }
            String name = key == null ? null : table.text(row, key);
            byte[] bytes = name == null ? null : name.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, null, time, bytes, encoder.encode(topic, value)), (meta, e) -> {
                if (e == null) {
                    taken.incrementAndGet();
                } else {
                    failure.compareAndSet(
                            null, new KafkaException("cannot write to topic '" + topic + "': " + e.getMessage(), e));
                }
            });
            handed++;
            sent.accept(1);
        }

        /** Waits for the time of the next record; false if we are told to stop. */
        private boolean due() {
            if (order.rate() > 0) {
                long at = start + Math.round(1e9 * handed / order.rate());
                for (long rest = at - System.nanoTime(); rest > 0; rest = at - System.nanoTime()) {
                    if (stopped.getAsBoolean()) {
                        return false;
                    }
                    LockSupport.parkNanos(Math.min(rest, 50_000_000));
                }
            }
            return !stopped.getAsBoolean();
        }

        private void refuse() {
            KafkaException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
        }

        Result end() {
            producer.flush();
            refuse();
            return new Result(taken.get(), questions, (System.nanoTime() - start) / 1e9);
        }
    }
}
