package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CountedClients;
import io.credence.stream.wire.TaskSerdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** One registry client for each task, counted where clients are made. */
class SharedSerdesTest {
    private static final Names NAMES = new Names("");
    private static final TaskId TASK = new TaskId(0, 0);

    private final Map<String, String> counted = CountedClients.settings();
    private final CredenceConfig config = new Rides(counted.entrySet().stream()
                    .flatMap(setting -> List.of(setting.getKey(), setting.getValue()).stream())
                    .toArray(String[]::new))
            .config();
    private final SharedSerdes serdes = Rides.serdes(config);

    @Test
    void shouldOpenOneClientWhenATaskReadsAndScores() {
        MockProcessorContext<byte[], Object> context =
                context(NAMES.scorePending(), NAMES.scoreMarks(), NAMES.posteriorsGlobal());
        var reader = new IntakeProcessor(config, LabelRule.IGNORED, serdes, new InputReads(LabelEnds.none()));
        var scorer = new ScoringProcessor(config, new SharedSamples(), serdes, new InputReads(LabelEnds.none()));
        reader.init(context);
        scorer.init(context);
        assertEquals(1, CountedClients.opened(counted));

        reader.init(context);
        scorer.init(context);
        assertEquals(1, CountedClients.open(counted), "initialised again");

        reader.close();
        assertEquals(1, CountedClients.open(counted), "the scorer needs it still");
        scorer.close();
        assertEquals(0, CountedClients.open(counted));
    }

    @Test
    void shouldOpenOneClientWhenATaskLearns() {
        opensOne(new TrainingProcessor(config, serdes), contextOfLearner());
    }

    @Test
    void shouldOpenOneClientWhenATaskOnlyReads() {
        opensOne(new IntakeProcessor(config, LabelRule.REQUIRED, serdes, new InputReads(LabelEnds.none())), context());
    }

    @Test
    void shouldOpenOneClientWhenALogIsFolded() {
        try (LogFold fold = new LogFold(config)) {
            assertEquals(0, fold.examples());
            assertEquals(1, CountedClients.open(counted));
        }
        assertEquals(0, CountedClients.open(counted));
    }

    @Test
    void shouldOpenAClientForEachTaskWhenAThreadHasSeveral() {
        SharedSerdes.Part one = serdes.part();
        SharedSerdes.Part other = serdes.part();
        assertNotSame(one.open(TASK), other.open(new TaskId(0, 1)));
        assertEquals(2, CountedClients.open(counted));
        one.close();
        other.close();
        assertEquals(0, CountedClients.open(counted));
    }

    @Test
    void shouldNotShareWhenATaskHasMovedToAnotherThreadBeforeItIsClosedHere() {
        SharedSerdes.Part here = serdes.part();
        SharedSerdes.Part alsoHere = serdes.part();
        SharedSerdes.Part there = serdes.part();
        TaskSerdes ours = here.open(TASK);
        TaskSerdes theirs = CompletableFuture.supplyAsync(() -> there.open(TASK), task -> {
                    Thread thread = new Thread(task);
                    thread.start();
                })
                .join();
        assertNotSame(ours, theirs);
        assertSame(ours, alsoHere.open(TASK));
        here.close();
        alsoHere.close();
        assertEquals(1, CountedClients.open(counted));
        there.close();
        there.close();
        assertEquals(0, CountedClients.open(counted));
    }

    private <V> void opensOne(Processor<byte[], byte[], byte[], V> processor, MockProcessorContext<byte[], V> context) {
        processor.init(context);
        assertEquals(1, CountedClients.opened(counted));
        processor.init(context);
        assertEquals(1, CountedClients.open(counted), "initialised again");
        processor.close();
        assertEquals(0, CountedClients.open(counted));
    }

    private static MockProcessorContext<byte[], byte[]> contextOfLearner() {
        return context(NAMES.learnerState(), NAMES.learnerRing(), NAMES.learnerReservoir());
    }

    private static <V> MockProcessorContext<byte[], V> context(String... stores) {
        MockProcessorContext<byte[], V> context = new MockProcessorContext<>();
        for (String name : stores) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        return context;
    }
}
