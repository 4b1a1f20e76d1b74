package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.Pieces;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;

/** What must be there in the end: the promises of the service, held against one fold of the training log. */
final class SimOracle {
    private final SimCase world;
    private final SimCluster cluster;
    private final LogFold fold;
    private final Map<SimLog, Long> folded = new HashMap<>();
    private final Map<String, LearnerState> versions = new HashMap<>();
    private final Map<String, SourceOffsets> learned = new HashMap<>();
    private final List<String> sources = new ArrayList<>();

    SimOracle(SimCase world, SimCluster cluster) {
        this.world = world;
        this.cluster = cluster;
        this.fold = new LogFold(world.config, world.folding);
    }

    /** Folds what is visible by now. Gives the models. */
    Map<String, OnlineLearner> models() {
        for (SimLog log : cluster.topic(world.topics.training())) {
            long from = folded.getOrDefault(log, 0L);
            for (var e = log.next(from); e != null; e = log.next(from)) {
                fold(log, e);
                from = e.offset() + 1;
            }
            folded.put(log, from);
        }
        return fold.models();
    }

    private void fold(SimLog log, SimLog.Entry entry) {
        note(entry.record().value());
        String moved = fold.fold(entry.record(), new Origin(log.topic(), log.partition(), entry.offset()));
        if (moved != null) {
            LearnerState state = fold.models().get(moved).state();
            versions.put(moved + state.version(), state);
        }
    }

    private void note(byte[] value) {
        if (world.training.deserializer().deserialize("", value).getBody() instanceof Example example) {
            Origin source = TrainingLog.source(example);
            sources.add(source.toString());
            learned.merge(example.getModelKey(), SourceOffsets.NONE.with(source), (known, more) -> known.with(source));
        }
    }

    /** Compares everything that is committed with what was fed. */
    void check(SimFeed feed) {
        models();
        once("labels in the training log", feed.labelled, sources);
        List<String> letters = deadLetters(feed);
        scored(feed, letters);
        published();
    }

    private static void once(String what, TreeSet<String> expected, List<String> actual) {
        List<String> sorted = actual.stream().sorted().toList();
        assertEquals(List.copyOf(expected), sorted, what);
    }

    /** Bad records once, each as it came. Gives the ids of questions that were refused. */
    private List<String> deadLetters(SimFeed feed) {
        List<String> bad = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int entries = 0;
        for (Record<byte[], byte[]> letter : cluster.read(world.topics.deadLetters())) {
            String at = header(letter, DeadLetter.TOPIC) + "-" + header(letter, DeadLetter.PARTITION) + "-"
                    + header(letter, DeadLetter.OFFSET);
            if (feed.bad.containsKey(at)) {
                assertArrayEquals(feed.bad.get(at), letter.value(), "the dead letter of " + at);
                bad.add(at);
            } else if (header(letter, DeadLetter.TOPIC).equals(world.topics.training())) {
                entries++;
            } else {
                assertEquals("MODEL_WARMING_UP", header(letter, DeadLetter.REASON), at);
                refused.add(
                        world.scored.deserialize("", letter.value()).get("id").toString());
            }
        }
        once("dead letters of bad records", new TreeSet<>(feed.bad.keySet()), bad);
        assertEquals(fold.refused(), entries, "dead letters of the training log");
        return refused;
    }

    private static String header(Record<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Each question once, in the order of its partition and model, by a version that was learned, which never goes back. */
    private void scored(SimFeed feed, List<String> refused) {
        Map<String, Predictor> predictors = new HashMap<>();
        for (int p = 0; p < world.partitions(world.topics.scored()); p++) {
            Map<String, List<String>> byModel = new TreeMap<>();
            Map<String, ModelVersion> last = new HashMap<>();
            for (SimLog.Entry entry : cluster.log(world.topics.scored(), p).visible()) {
                GenericRecord event =
                        world.scored.deserialize("", entry.record().value());
                String id = event.get("id").toString();
                GenericRecord prediction = (GenericRecord) event.get("prediction");
                String model = prediction.get("modelKey").toString();
                ModelVersion version =
                        new ModelVersion((long) prediction.get("modelEpoch"), (long) prediction.get("modelStep"));
                ModelVersion before = last.put(model, version);
                assertTrue(
                        before == null || !before.isAfter(version),
                        () -> id + " was scored with " + version + " after " + before);
                Predictor predictor =
                        predictors.computeIfAbsent(model + version, key -> predictor(model, version, key));
                double mean = predictor
                        .predictStream(List.of(new Observation(
                                model,
                                id,
                                entry.record().timestamp(),
                                new FeatureVector(
                                        new float[] {feed.lengths.get(id).floatValue()}),
                                Double.NaN)))
                        .get(0)
                        .mean();
                assertEquals(mean, prediction.get("mean"), "the mean of " + id + " by " + version);
                byModel.computeIfAbsent(model, m -> new ArrayList<>()).add(id);
            }
            order(feed, p, byModel, refused);
        }
    }

    private Predictor predictor(String model, ModelVersion version, String key) {
        if (version.equals(ModelVersion.PRIOR)) {
            return Predictors.prior(world.config.model(), model);
        }
        assertTrue(versions.containsKey(key), () -> "scored by version " + key + ", which the fold never had");
        return Predictors.of(world.config.model(), versions.get(key));
    }

    private void order(SimFeed feed, int partition, Map<String, List<String>> byModel, List<String> refused) {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String id : feed.unlabelled.getOrDefault(partition, List.of())) {
            if (!refused.remove(id)) {
                expected.computeIfAbsent(world.keyed ? feed.cities.get(id) : "", m -> new ArrayList<>())
                        .add(id);
            }
        }
        assertEquals(expected, byModel, "scored in partition " + partition);
    }

    /** Versions increase, each is the fold's, and the last one is where the fold stands. */
    private void published() {
        Map<String, Map<Integer, PosteriorChunk>> arriving = new HashMap<>();
        Map<String, ModelVersion> last = new TreeMap<>();
        for (Record<byte[], byte[]> record : cluster.read(world.topics.posteriors())) {
            PosteriorChunk chunk = world.chunks.deserializer().deserialize("", record.value());
            String model = chunk.getModelKey();
            Map<Integer, PosteriorChunk> parts = arriving.computeIfAbsent(model, m -> new HashMap<>());
            assertEquals(parts.size(), chunk.getIndex(), "the chunks of model '" + model + "' come in order");
            parts.put(chunk.getIndex(), chunk);
            if (parts.size() == chunk.getCount()) {
                whole(model, parts, last);
                parts.clear();
            }
        }
        arriving.forEach((model, parts) -> assertEquals(Map.of(), parts, "a part of a model was published"));
        fold.models().forEach((model, learner) -> {
            ModelVersion version = learner.version();
            if (!version.equals(ModelVersion.PRIOR)) {
                assertEquals(version, last.get(model), "the last published version of '" + model + "'");
            }
        });
    }

    private void whole(String model, Map<Integer, PosteriorChunk> parts, Map<String, ModelVersion> last) {
        PosteriorChunk first = parts.get(0);
        ModelVersion version = new ModelVersion(first.getEpoch(), first.getStep());
        ModelVersion before = last.put(model, version);
        assertTrue(
                before == null || version.isAfter(before),
                () -> "version " + version + " of '" + model + "' was published after " + before);
        LearnerState folded = versions.get(model + version);
        assertNotNull(folded, () -> "version " + version + " of '" + model + "' is one of the fold");
        List<ByteBuffer> payloads = new ArrayList<>();
        for (int i = 0; i < first.getCount(); i++) {
            payloads.add(parts.get(i).getPayload());
        }
        assertArrayEquals(
                SnapshotCodec.encode(folded),
                Pieces.glue(payloads).whole(),
                () -> "the published model '" + model + "' at version " + version);
    }

    /** The stores of tasks that have begun again hold what the fold holds, the open minibatch too. */
    void checkStored(SimInstance all) {
        fold.models().forEach((model, expected) -> {
            int partition =
                    cluster.byKey(world.topics.training(), Bench.utf8(model)).partition();
            DurableModel stored = SimStored.open(world, all.task(new TaskId(SimCase.LEARN, partition)), model);
            same(model, expected.state(), stored.learner().state());
            assertEquals(expected.pending(), stored.learner().pending(), "the open minibatch of '" + model + "'");
            assertEquals(learned.get(model), known(stored.learned()), "labels learned by '" + model + "'");
        });
    }

    private static SourceOffsets known(SourceOffsets offsets) {
        return offsets.isEmpty() ? null : offsets;
    }

    private static void same(String model, LearnerState expected, LearnerState actual) {
        assertEquals(expected.version(), actual.version(), "version of '" + model + "'");
        assertArrayEquals(
                SnapshotCodec.encode(expected),
                SnapshotCodec.encode(actual),
                () -> "model '" + model + "' at version " + actual.version());
    }
}
