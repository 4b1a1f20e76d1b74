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
import io.credence.stream.serve.CredenceService;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** Stop and start in the middle of a batch: the posterior is that of one fold over the log. */
final class RestartIT {
    private static final int BATCH = 7;
    /** Ends two events into a batch; three of them end six events into one. */
    private static final int PART = 14 * BATCH + 2;

    private static final int PARTS = 3;

    private final Random random = new Random(5);

    @Test
    void shouldFoldEveryEventOnceWhenStoppedMidBatch() throws Exception {
        try (Cluster cluster = new Cluster();
                Points points = new Points(config(cluster).serde(), "a", "b")) {
            cluster.create("labelled", "unlabelled");
            CredenceConfig config = config(cluster);
            for (int part = 1; part <= PARTS; part++) {
                try (CredenceService service = new CredenceService(config)) {
                    service.start();
                    cluster.send(records(points, "labelled", part, true));
                    cluster.send(records(points, "unlabelled", part, false));
                    // Not a wait for the batches: the stop falls where it falls, with work in hand.
                    cluster.read("restart-training", part * PART - BATCH);
                }
            }
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                verify(cluster, config);
            }
        }
    }

    private static CredenceConfig config(Cluster cluster) {
        return CredenceConfig.of(Map.of(
                "application.id", "restart",
                "bootstrap.servers", cluster.bootstrap(),
                "schema.registry.url", "mock://restart",
                "credence.topic.labelled", "labelled",
                "credence.topic.unlabelled", "unlabelled",
                "credence.label", "y",
                "credence.features", "a,b",
                "credence.batch.size", Integer.toString(BATCH),
                "credence.checkpoint.events", "32",
                "credence.publish.interval.ms", "50"));
    }

    private void verify(Cluster cluster, CredenceConfig config) {
        int sent = PARTS * PART;
        int folded = sent / BATCH * BATCH;
        var chunks = CredenceSerde.of(PosteriorChunk.class, config.serde()).deserializer();
        var published = cluster.readUntil(
                "restart-posteriors",
                records -> !records.isEmpty()
                        && chunk(chunks, records.get(records.size() - 1)).getEvents() == folded);
        cluster.read("restart-scored", sent);
        LearnerState live = latest(chunks, published);

        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        Set<String> sources = new HashSet<>();
        var examples = cluster.readToEnd("restart-training");
        for (ConsumerRecord<byte[], byte[]> record : examples) {
            Example example = (Example)
                    log.deserialize("restart-training", record.value()).getBody();
            sources.add(TrainingLog.source(example).toString());
            learner.fold(TrainingLog.observation(example));
        }
        assertEquals(sent, examples.size(), "examples in the log");
        assertEquals(sent, sources.size(), "distinct examples in the log");
        same(learner.state(), live);

        var scored = cluster.readToEnd("restart-scored");
        Set<String> keys = new HashSet<>();
        scored.forEach(r -> keys.add(new String(r.key(), StandardCharsets.UTF_8)));
        assertEquals(sent, scored.size(), "scored records");
        assertEquals(sent, keys.size(), "distinct scored records");
        assertEquals(List.of(), cluster.readToEnd("restart-dead-letters"));
    }

    private static void same(LearnerState offline, LearnerState live) {
        assertEquals(offline.events(), live.events());
        assertEquals(offline.version(), live.version());
        assertArrayEquals(offline.weights().toArray(), live.weights().toArray());
        assertArrayEquals(offline.statistics().toArray(), live.statistics().toArray());
    }

    private static LearnerState latest(
            Deserializer<PosteriorChunk> chunks, List<ConsumerRecord<byte[], byte[]>> published) {
        Map<Integer, PosteriorChunk> byIndex = new HashMap<>();
        published.forEach(r -> {
            PosteriorChunk chunk = chunk(chunks, r);
            byIndex.put(chunk.getIndex(), chunk);
        });
        LearnerState state = PosteriorChunks.assemble(byIndex::get);
        assertNotNull(state, "the published chunks make one model");
        return state;
    }

    private static PosteriorChunk chunk(Deserializer<PosteriorChunk> chunks, ConsumerRecord<byte[], byte[]> record) {
        return chunks.deserialize("restart-posteriors", record.value());
    }

    private List<ProducerRecord<byte[], byte[]>> records(Points points, String topic, int part, boolean labelled) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < PART; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            Double y = labelled ? a - 2 * b + 0.2 * random.nextGaussian() : null;
            records.add(points.record(topic, topic + "-" + part + "-" + i, a, b, y));
        }
        return records;
    }
}
