package io.credence.examples;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.wire.ConfluentAvroSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that acts on predictions: what the model is sure of goes on by itself, the rest to a person.
 *
 * <p>The scored topic holds the records as they were, with one field more, {@code prediction}. Any consumer that speaks
 * Avro with a schema registry reads it; this one uses the serde that comes with Credence.
 */
public final class ActOnPredictions {
    private ActOnPredictions() {}

    /**
     * Takes scored records until there were so many.
     *
     * @param config of the service
     * @param most records after which to stop
     * @param widest interval, in units of the label, up to which the model is trusted
     * @param trusted takes the others
     * @param doubted takes what the model is not sure of, or warming up for
     */
    public static void run(
            CredenceConfig config,
            long most,
            double widest,
            Consumer<GenericRecord> trusted,
            Consumer<GenericRecord> doubted) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", config.streams().get("bootstrap.servers"));
        settings.put("group.id", config.applicationId() + "-actions");
        settings.put("auto.offset.reset", "earliest");
        // Without it, predictions of transactions that were rolled back would be acted on, and again when redone.
        settings.put("isolation.level", "read_committed");
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde();
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            serde.configure(config.serde(), false);
            consumer.subscribe(List.of(config.topics().scored()));
            for (long seen = 0; seen < most; ) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    GenericRecord scored =
                            (GenericRecord) serde.deserializer().deserialize(record.topic(), record.value());
                    (sure((GenericRecord) scored.get("prediction"), widest) ? trusted : doubted).accept(scored);
                    seen++;
                }
                consumer.commitSync();
            }
        }
    }

    private static boolean sure(GenericRecord prediction, double widest) {
        double width = (double) prediction.get("upper") - (double) prediction.get("lower");
        return width <= widest && !(boolean) prediction.get("warmingUp");
    }

    public static void main(String[] args) {
        CredenceConfig config = CredenceConfig.load(Path.of(args[0]), System.getenv(), Map.of());
        run(
                config,
                Long.MAX_VALUE,
                5,
                ride -> System.out.println("as quoted: " + ride),
                ride -> System.out.println("ask a person: " + ride));
    }
}
