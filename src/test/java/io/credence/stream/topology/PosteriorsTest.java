package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.ScorerMarks;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CredenceSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Published models on their way to a scorer: torn, mixed, foreign and malformed chunks. */
class PosteriorsTest {
    private static final Names NAMES = new Names("");

    private final CredenceConfig config = new Rides().config();
    private final CredenceSerde<PosteriorChunk> serde = CredenceSerde.of(PosteriorChunk.class, config.serde());
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> store =
            StoreBuilders.global(NAMES.posteriorsGlobal()).build();
    private final ChunkKeeper update = new ChunkKeeper(NAMES);
    private final PosteriorView view;
    private final OnlineLearner learner = OnlineLearner.create(config.model(), "m");

    PosteriorsTest() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        update.init(context);
        view = new PosteriorView(store::get, serde, config.model(), new SharedSamples(), 3);
    }

    @Test
    void shouldKeepTheLastCompleteVersionWhileChunksDisagree() {
        assertEquals(0, view.latest("m").info().events());
        List<PosteriorChunk> one = chunks(learn(10));
        List<PosteriorChunk> two = chunks(learn(10));
        assertTrue(one.size() > 3);
        one.forEach(this::publish);
        assertEquals(10, view.latest("m").info().events());
        for (PosteriorChunk chunk : two.subList(0, two.size() - 1)) {
            publish(chunk);
            assertEquals(10, view.latest("m").info().events());
        }
        publish(two.get(two.size() - 1));
        assertEquals(20, view.latest("m").info().events());
        assertSame(view.latest("m"), view.latest("m"), "not assembled again");
    }

    @Test
    void shouldGiveEachTaskOneVersionWhenTheNextArrivesWhileItLooks() {
        SharedSamples samples = new SharedSamples();
        chunks(learn(10)).forEach(this::publish);
        List<PosteriorChunk> next = chunks(learn(10));
        new PosteriorView(store::get, serde, config.model(), samples, 3).latest("m");
        Runnable overtake = () -> next.forEach(this::publish);
        PosteriorView overtaken =
                new PosteriorView(new AfterFirstGet(store, overtake)::get, serde, config.model(), samples, 3);
        assertEquals(0, overtaken.latest("m").info().events(), "chunks of two versions are none");
        List<FeatureVector> probe = List.of(example(3).features());
        Predictor alone = new PosteriorView(store::get, serde, config.model(), new SharedSamples(), 3).latest("m");
        assertEquals(20, overtaken.latest("m").info().events());
        assertEquals(alone.predict(probe), overtaken.latest("m").predict(probe));
    }

    @Test
    void shouldStayWithThePriorWhenTheModelIsOfAnotherShape() {
        OnlineLearner other =
                OnlineLearner.create(new Rides("credence.hidden", "5").config().model(), "m");
        other.fold(example(1));
        chunks(other.state()).forEach(this::publish);
        assertEquals(0, view.latest("m").info().events());
        chunks(learn(3)).forEach(this::publish);
        assertEquals(3, view.latest("m").info().events());
    }

    @Test
    void shouldCountAndIgnoreWhatIsNoChunk() {
        put("m/0", new byte[] {1, 2, 3, 4, 5, 6, 7});
        put("m/0", new byte[0]);
        put("m", new byte[] {0, 0, 0, 0, 1, 2});
        put("m/x", new byte[] {0, 0, 0, 0, 1, 2});
        put("", null);
        update.process(new Record<>(null, new byte[9], 0));
        assertEquals(0, store.approximateNumEntries());
        assertEquals(6.0, malformed());
        put("m/0", new byte[] {0, 0, 0, 0, 99, 2});
        assertEquals(0, view.latest("m").info().events(), "no such schema");
    }

    @Test
    void shouldForgetAModelWhenTombstonesCome() {
        chunks(learn(2)).forEach(this::publish);
        put("m/0", null);
        assertNull(store.get(Bytes.wrap(Bench.utf8("m/0"))));
    }

    @Test
    void shouldWaitUntilTheModelIsNotOlderThanTheOneUsedLast() {
        Predictor old = predictor(learn(5));
        Predictor current = predictor(learn(5));
        ScorerMarks used = marks(current);
        List<Predictor> arriving = new ArrayList<>(List.of(old, old, old, current));
        CatchUp patience = new CatchUp(Duration.ofSeconds(30));
        assertSame(current, patience.await(() -> arriving.size() > 1 ? arriving.remove(0) : arriving.get(0), used));
    }

    @Test
    void shouldWaitOnlyWithinItsBudgetWhenTheModelNeverComes() {
        Predictor old = predictor(learn(5));
        ScorerMarks used = marks(predictor(learn(5)));
        CatchUp patience = new CatchUp(Duration.ofMillis(40));
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            ModelBehindException e = assertThrows(
                    ModelBehindException.class, () -> patience.await(() -> old, used), "never the older one");
            assertTrue(
                    e.getMessage()
                            .contains("last used at version 0/" + used.version().step()),
                    e.getMessage());
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertTrue(millis >= 40 && millis < 1_000, millis + " ms; 50 budgets would be 2,000");
    }

    private Predictor predictor(LearnerState state) {
        chunks(state).forEach(this::publish);
        return view.latest("m");
    }

    private static ScorerMarks marks(Predictor predictor) {
        return new ScorerMarks(predictor.info().version());
    }

    private LearnerState learn(int events) {
        for (int i = 0; i < events; i++) {
            learner.fold(example(i));
        }
        return learner.state();
    }

    private static Observation example(int i) {
        return new Observation("m", "e" + i, i, new FeatureVector(new float[] {i}), i);
    }

    private static List<PosteriorChunk> chunks(LearnerState state) {
        return PosteriorChunks.split(state, 128);
    }

    private void publish(PosteriorChunk chunk) {
        put(
                PosteriorChunks.key(chunk.getModelKey(), chunk.getIndex()),
                serde.serializer().serialize("p", chunk));
    }

    private void put(String key, byte[] value) {
        update.process(new Record<>(Bytes.wrap(Bench.utf8(key)), value, 0));
    }

    private double malformed() {
        return context.metrics().metrics().entrySet().stream()
                .filter(e -> e.getKey().name().equals(ChunkKeeper.MALFORMED))
                .mapToDouble(e -> (double) e.getValue().metricValue())
                .sum();
    }
}
