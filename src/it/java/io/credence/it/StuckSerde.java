package io.credence.it;

import io.credence.stream.wire.ConfluentAvroSerde;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde that is stuck once, at the first record that it reads after it was armed, until it is let go. */
public final class StuckSerde implements Serde<GenericRecord> {
    private static volatile boolean armed;
    private static volatile boolean stuck;
    private static final CountDownLatch LET_GO = new CountDownLatch(1);

    private final ConfluentAvroSerde real = new ConfluentAvroSerde();

    static void arm() {
        armed = true;
    }

    static boolean stuck() {
        return stuck;
    }

    static void letGo() {
        LET_GO.countDown();
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        real.configure(settings, isKey);
    }

    @Override
    public Serializer<GenericRecord> serializer() {
        return real.serializer();
    }

    @Override
    public Deserializer<GenericRecord> deserializer() {
        Deserializer<GenericRecord> plain = real.deserializer();
        return (topic, bytes) -> {
            if (first()) {
                stuck = true;
                await();
            }
            return plain.deserialize(topic, bytes);
        };
    }

    private static synchronized boolean first() {
        boolean first = armed;
        armed = false;
        return first;
    }

    private static void await() {
        try {
            LET_GO.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        real.close();
    }
}
