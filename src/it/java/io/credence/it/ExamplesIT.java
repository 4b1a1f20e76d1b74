package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.predict.Prediction;
import io.credence.examples.ActOnPredictions;
import io.credence.examples.FollowAModel;
import io.credence.examples.ModelsInsideAnApplication;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.OfflineFold;
import io.credence.stream.operate.PosteriorReader;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.state.StateDigest;
import io.credence.stream.wire.ConfluentAvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The examples, run: models embedded in an application are the service's, byte for byte, over a restart. */
final class ExamplesIT {
    private static final Schema RIDE = SchemaBuilder.record("Ride")
            .fields()
            .requiredDouble("distance")
            .requiredInt("hour")
            .optionalDouble("fare")
            .optionalDouble("tip")
            .endRecord();
    private static final int PART = 120;
    private static final int QUESTIONS = 10;

    private final Random random = new Random(3);
    private final ConfluentAvroSerde serde = new ConfluentAvroSerde();

    @Test
    void shouldBeTheServicesModelsWhenEmbeddedAndRestarted() throws Exception {
        try (Cluster cluster = new Cluster()) {
            cluster.create("rides", "notices", "loud-notices");
            Map<String, String> own = Map.of(
                    "application.id", "taxi",
                    "bootstrap.servers", cluster.bootstrap(),
                    "schema.registry.url", "mock://taxi");
            serde.configure(own, false);

            CredenceConfig fares;
            CredenceConfig tips;
            String firstFares;
            try (var application = new ModelsInsideAnApplication(own)) {
                fares = application.fares;
                tips = application.tips;
                cluster.send(rides(true, PART));
                firstFares = digest(fares, PART);
                digest(tips, PART);
            }
            try (var application = new ModelsInsideAnApplication(own)) {
                cluster.send(rides(true, PART));
                cluster.send(new ProducerRecord<>("notices", bytes("k"), bytes("closed road")));
                String both = digest(fares, 2 * PART);
                assertTrue(!both.equals(firstFares), "the model went on learning");

                assertEquals(both, folded(fares));
                assertEquals(digest(tips, 2 * PART), folded(tips));
                assertEquals(both, served(cluster, "fare", fares));
                assertEquals(digest(tips, 2 * PART), served(cluster, "tip", tips));

                cluster.send(rides(false, QUESTIONS));
                assertEquals(
                        "CLOSED ROAD",
                        new String(cluster.read("loud-notices", 1).get(0).value(), StandardCharsets.UTF_8));
                assertEquals(
                        QUESTIONS,
                        cluster.read(tips.topics().scored(), QUESTIONS).size());
                follows(fares);
                acts(fares);
            }
        }
    }

    private static void follows(CredenceConfig fares) {
        Prediction p = FollowAModel.ask(fares, 2 * PART, Map.of("distance", 4.0, "hour", 12));

        assertTrue(p.lower() < 15 && p.upper() > 15, p.lower() + " to " + p.upper() + " around 3 + 3 · 4");
    }

    private static void acts(CredenceConfig fares) {
        List<GenericRecord> trusted = new ArrayList<>();
        List<GenericRecord> doubted = new ArrayList<>();
        ActOnPredictions.run(fares, QUESTIONS, 1e6, trusted::add, doubted::add);
        assertEquals(QUESTIONS, trusted.size() + doubted.size());
    }

    /** The digest of the published model, once it has learned so many events. */
    private static String digest(CredenceConfig config, long events) {
        try (PosteriorReader models = new PosteriorReader(config);
                Consumer<byte[], byte[]> consumer = models.consumer()) {
            Wait.atLeast("events in the published model", events, () -> {
                models.poll(consumer, Duration.ofMillis(200));
                return models.newest().containsKey("")
                        ? models.newest().get("").state().events()
                        : 0;
            });
            return StateDigest.of(models.newest().get("").state());
        }
    }

    private static String folded(CredenceConfig config) {
        return StateDigest.of(OfflineFold.run(config).models().get(0));
    }

    /** The digest of a service of its own that reads the same rides. */
    private static String served(Cluster cluster, String label, CredenceConfig embedded) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("application.id", "service-" + label);
        settings.put("bootstrap.servers", cluster.bootstrap());
        settings.put("schema.registry.url", "mock://taxi");
        settings.put("credence.topic.labelled", "rides");
        settings.put("credence.label", label);
        settings.put("credence.features", "distance, hour:cyclic(24)");
        settings.put("credence.task", "regression");
        CredenceConfig config = CredenceConfig.of(settings);
        try (CredenceService service = new CredenceService(config)) {
            service.start();
            return digest(config, 2 * PART);
        }
    }

    private List<ProducerRecord<byte[], byte[]>> rides(boolean labelled, int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenericRecord ride = new GenericData.Record(RIDE);
            double distance = 10 * random.nextDouble();
            ride.put("distance", distance);
            ride.put("hour", random.nextInt(24));
            ride.put("fare", labelled ? 3 + 3 * distance + 0.5 * random.nextGaussian() : null);
            ride.put("tip", labelled ? 0.3 * distance + 0.2 * random.nextGaussian() : null);
            records.add(new ProducerRecord<>(
                    "rides", bytes("ride-" + i), serde.serializer().serialize("rides", ride)));
        }
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
