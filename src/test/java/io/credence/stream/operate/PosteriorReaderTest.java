package io.credence.stream.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosteriorReaderTest {
    private static final int PIECE = 400;

    private final CredenceConfig config = CredenceConfig.of(Map.of(
            "application.id", "reader",
            "bootstrap.servers", "localhost:1",
            "schema.registry.url", "mock://reader",
            "credence.topic.labelled", "points",
            "credence.label", "y",
            "credence.features", "a,b",
            "credence.hidden", "3"));
    private final CredenceSerde<PosteriorChunk> serde = CredenceSerde.of(PosteriorChunk.class, config.serde());
    private final OnlineLearner learner = OnlineLearner.create(config.model(), "");
    private final PosteriorReader reader = new PosteriorReader(config);
    private long offset;
    private List<ConsumerRecord<byte[], byte[]>> older;
    private List<ConsumerRecord<byte[], byte[]>> newer;
    private LearnerState first;
    private LearnerState second;

    @BeforeEach
    void learnTwoVersions() {
        first = learn(5);
        second = learn(5);
        older = records(first);
        newer = records(second);
        assertTrue(newer.size() > 2, "several chunks");
    }

    @AfterEach
    void close() {
        reader.close();
        serde.close();
    }

    @Test
    void shouldGiveAVersionWhenItsLastChunkHasCome() {
        assertEquals(List.of(), reader.accept(newer.subList(0, newer.size() - 1)));
        List<Published> completed = reader.accept(newer.subList(newer.size() - 1, newer.size()));

        assertEquals(1, completed.size());
        assertEquals(second.version(), completed.get(0).state().version());
        assertSame(completed.get(0), reader.newest().get(""));
    }

    @Test
    void shouldKeepTheLastWholeVersionWhenTheNextIsTorn() {
        reader.accept(older);
        reader.accept(newer.subList(1, newer.size()));

        assertEquals(first.version(), reader.newest().get("").state().version());
    }

    @Test
    void shouldNotGoBackWhenAnOlderVersionComesAgain() {
        reader.accept(newer);

        assertEquals(List.of(), reader.accept(older));
        assertEquals(second.version(), reader.newest().get("").state().version());
    }

    @Test
    void shouldForgetTheModelWhenAChunkOfItIsDeleted() {
        reader.accept(newer);
        reader.accept(List.of(record(PosteriorChunks.key("", 0), null)));

        assertFalse(reader.newest().containsKey(""));
        assertEquals(1, reader.accept(older).size());
    }

    @Test
    void shouldKeepTheModelWhenAChunkThatItDoesNotHaveIsDeleted() {
        reader.accept(newer);
        reader.accept(List.of(record(PosteriorChunks.key("", newer.size()), null)));

        assertEquals(second.version(), reader.newest().get("").state().version());
    }

    @Test
    void shouldLeaveOutRecordsWhenTheyAreNoChunks() {
        List<ConsumerRecord<byte[], byte[]>> foreign = List.of(
                record("/0", new byte[] {1, 2, 3}),
                record("other/7", newer.get(0).value()));

        assertEquals(List.of(), reader.accept(foreign));
        assertEquals(1, reader.accept(newer).size());
    }

    @Test
    void shouldPredictWithTheNewestVersionAndWithThePriorBeforeTheFirst() {
        Observation question = point(0.5);
        Prediction prior =
                reader.predictor("").predict(List.of(question.features())).get(0);
        reader.accept(older);
        Prediction early =
                reader.predictor("").predict(List.of(question.features())).get(0);
        reader.accept(newer);
        Prediction late =
                reader.predictor("").predict(List.of(question.features())).get(0);

        assertFalse(prior.mean() == early.mean(), "the prior is no version");
        assertFalse(early.mean() == late.mean(), "another version, another prediction");
    }

    private LearnerState learn(int events) {
        for (int i = 0; i < events; i++) {
            learner.fold(point(i));
        }
        return learner.state();
    }

    private Observation point(double a) {
        return new Observation(
                "",
                "e",
                0,
                config.model().features().encode(Map.of("a", a, "b", -a * a)).orElseThrow(),
                2 * a + 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(LearnerState state) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (PosteriorChunk chunk : PosteriorChunks.split(state, PIECE)) {
            records.add(record(
                    PosteriorChunks.key("", chunk.getIndex()),
                    serde.serializer().serialize(reader.topic(), chunk)));
        }
        return records;
    }

    private ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>(reader.topic(), 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
