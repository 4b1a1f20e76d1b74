package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.fixture.Points;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Points that are fed to one application with three keyed models, labelled and unlabelled in equal numbers, and the check
 * that each was learned or scored exactly once.
 */
public final class SiteFeed implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final Cluster cluster;
    private final String application;
    private final Random random = new Random(11);
    private final Points points;
    private int partitions = PARTITIONS;
    private final List<String> sent = new ArrayList<>();

    /** Creates the inputs of an application. */
    public SiteFeed(Cluster cluster, String application) throws Exception {
        this.cluster = cluster;
        this.application = application;
        cluster.create(PARTITIONS, application + "-labelled", application + "-unlabelled");
        points = new Points(config().serde(), "site:text", "a");
    }

    /** The configuration of the application, with some settings of the caller's: key, value, key, value. */
    public CredenceConfig config(String... more) {
        return CredenceConfig.of(cluster.settings(
                application,
                Map.of(
                        "credence.topics.partitions",
                        "" + PARTITIONS,
                        "credence.features",
                        "a",
                        "credence.model.key",
                        "site",
                        "credence.hidden",
                        "4",
                        "credence.samples",
                        "4",
                        "credence.batch.size",
                        "1",
                        "credence.publish.interval.ms",
                        "50"),
                more));
    }

    /** Gives both inputs more partitions, which are fed from now on. */
    public void grow(int number) throws Exception {
        cluster.grow(number, application + "-labelled", application + "-unlabelled");
        partitions = number;
    }

    /** Sends so many labelled and so many unlabelled points. */
    public void send(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            send("p" + sent.size(), null);
        }
    }

    /** Sends a labelled and an unlabelled point of one key and event time; null is now. */
    public void send(String key, @Nullable Long timestamp) throws Exception {
        cluster.send(List.of(point("labelled", key, timestamp), point("unlabelled", key, timestamp)));
        sent.add(key);
    }

    /** Waits until there are as many scored records as points; gives them all. */
    public List<ConsumerRecord<byte[], byte[]>> awaitScored() {
        return cluster.read(application + "-scored", sent.size());
    }

    /** Waits for everything to be done, then checks that it was done once, and the models byte by byte. */
    public void verifyOnce() {
        awaitScored();
        cluster.readUntil(application + "-posteriors", records -> sent.size() == events(models(records)));
        assertEquals(sorted(sent), sorted(keys(cluster.readToEnd(application + "-scored"))), "scored");
        assertEquals(List.of(), cluster.readToEnd(application + "-dead-letters"));
        Map<String, OnlineLearner> offline = fold();
        Map<String, LearnerState> live = models(cluster.readToEnd(application + "-posteriors"));
        assertEquals(offline.keySet(), live.keySet());
        offline.forEach((model, learner) -> assertArrayEquals(
                SnapshotCodec.encode(learner.state()), SnapshotCodec.encode(live.get(model)), "model " + model));
    }

    /** The training log, folded; every labelled point must be in it once. */
    private Map<String, OnlineLearner> fold() {
        Map<String, OnlineLearner> offline = new TreeMap<>();
        List<String> sources = new ArrayList<>();
        var log = CredenceSerde.of(TrainingRecord.class, config().serde()).deserializer();
        for (ConsumerRecord<byte[], byte[]> record : cluster.readToEnd(application + "-training")) {
            Example example =
                    (Example) log.deserialize(record.topic(), record.value()).getBody();
            sources.add(TrainingLog.source(example).toString());
            offline.computeIfAbsent(example.getModelKey(), key -> OnlineLearner.create(config().model(), key))
                    .fold(TrainingLog.observation(example));
        }
        assertEquals(sent.size(), sources.size(), "examples in the log");
        assertEquals(sent.size(), sources.stream().distinct().count(), "distinct examples in the log");
        return offline;
    }

    private Map<String, LearnerState> models(List<ConsumerRecord<byte[], byte[]>> records) {
        var codec = CredenceSerde.of(PosteriorChunk.class, config().serde()).deserializer();
        Map<String, PosteriorChunk> newest = new TreeMap<>();
        records.forEach(r -> {
            PosteriorChunk chunk = codec.deserialize(r.topic(), r.value());
            newest.put(chunk.getModelKey(), chunk);
        });
        Map<String, LearnerState> states = new TreeMap<>();
        newest.forEach((model, chunk) -> {
            LearnerState state = PosteriorChunks.assemble(i -> i == 0 ? chunk : null);
            assertNotNull(state, model);
            states.put(model, state);
        });
        return states;
    }

    private static long events(Map<String, LearnerState> models) {
        return models.values().stream().mapToLong(LearnerState::events).sum();
    }

    private static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(r -> new String(r.key(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> sorted(Collection<String> all) {
        return all.stream().sorted().toList();
    }

    private ProducerRecord<byte[], byte[]> point(String kind, String key, @Nullable Long timestamp) {
        String topic = application + "-" + kind;
        double a = random.nextGaussian();
        String site = "site" + random.nextInt(3);
        Double y = kind.equals("labelled") ? 3 * a + 0.1 * random.nextGaussian() : null;
        return new ProducerRecord<>(
                topic,
                random.nextInt(partitions),
                timestamp,
                key.getBytes(StandardCharsets.UTF_8),
                points.bytes(topic, site, a, y));
    }

    @Override
    public void close() {
        points.close();
    }
}
