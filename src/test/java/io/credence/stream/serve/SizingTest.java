package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Shape;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.LearnerStateFormat;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SizingTest {
    private static final long GIB = 1L << 30;
    private static final String CACHE = "statestore.cache.max.bytes";
    private static final String COMMIT = "commit.interval.ms";
    private static final String TIMEOUT = "producer.transaction.timeout.ms";

    @Test
    void shouldKnowTheBytesOfTheStateExactly() {
        CredenceConfig config = config("credence.hidden", "30,20", "max.request.size", "4096");
        var size = new Sizing(config, GIB).size();
        var chunks = LearnerStateFormat.encode(
                largest(config.model()), config.publishing().chunkBytes());
        assertEquals(3072, config.publishing().chunkBytes());
        assertEquals(chunks.size(), size.chunks());
        long stored = chunks.stream().mapToLong(c -> c.length).sum();
        assertEquals(stored, size.stateBytes(), 30.0 * chunks.size());
    }

    /** A state with a rival that was taken over before. */
    private static LearnerState largest(ModelSpec model) {
        LearnerState s = OnlineLearner.create(model, "").state();
        Shape shape = model.shape();
        return LearnerState.of(
                "",
                s.fingerprint(),
                s.version(),
                0,
                0,
                shape.weightLengths().stream().map(n -> new float[n]).toList(),
                shape.statisticLengths().stream().map(n -> new double[n]).toList());
    }

    @Test
    void shouldLeaveTheUsualSettingsWhenTheModelIsSmall() {
        Properties streams = new Sizing(config("credence.replay.capacity", "1000"), GIB).streams();
        assertEquals("" + (10 << 20), streams.get(CACHE));
        assertEquals("100", streams.get(COMMIT));
        assertNull(streams.get(TIMEOUT));
        assertNull(streams.get("producer.batch.size"));
    }

    @Test
    void shouldCommitLessOftenAndCacheMoreWhenTheModelIsLarge() {
        Sizing sizing = new Sizing(config("credence.hidden", "1000,500", "num.stream.threads", "2"), 8 * GIB);
        Properties streams = sizing.streams();
        long volume = sizing.size().stateBytes();
        long commit = Long.parseLong(streams.get(COMMIT).toString());
        assertTrue(volume > 10_000_000, "" + volume);
        assertTrue(1000 * volume / commit <= 1.01 * Sizing.CHANGELOG_BYTES_PER_SECOND, "commit " + commit);
        assertTrue(Long.parseLong(streams.get(CACHE).toString()) > 3 * volume, "cache for two threads and global");
        assertTrue(sizing.notes().stream().anyMatch(n -> n.contains("Chose commit.interval.ms=" + commit)));
        assertTrue(sizing.notes().stream().anyMatch(n -> n.contains("credence.publish.interval.ms=")));
    }

    @Test
    void shouldLengthenTheTransactionTimeoutWhenCommitsAreFarApart() {
        Properties streams = new Sizing(config("credence.hidden", "1500,1500"), 64 * GIB).streams();
        long commit = Long.parseLong(streams.get(COMMIT).toString());
        assertTrue(commit > 5_000 && commit <= 30_000, "commit " + commit);
        assertTrue(Long.parseLong(streams.get(TIMEOUT).toString()) > 2 * commit);
    }

    @Test
    void shouldLeaveAloneWhatTheUserHasSet() {
        CredenceConfig config = config(
                "credence.hidden",
                "1000,500",
                CACHE,
                "1000",
                COMMIT,
                "50",
                "max.request.size",
                "4096",
                "producer.batch.size",
                "999");
        Sizing sizing = new Sizing(config, 8 * GIB);
        Properties streams = sizing.streams();
        assertEquals("1000", streams.get(CACHE));
        assertEquals("50", streams.get(COMMIT));
        assertEquals("999", streams.get("producer.batch.size"));
        assertTrue(sizing.notes().stream().anyMatch(n -> n.contains("is less than")), "" + sizing.notes());
    }

    @Test
    void shouldBatchNoMoreThanARecordMayHoldWhenRecordsAreLimited() {
        Properties streams = new Sizing(config("producer.max.request.size", "4096"), GIB).streams();
        assertEquals("4096", streams.get("producer.batch.size"));
    }

    @Test
    void shouldNameTheHiddenLayersWhenTheHeapCannotHoldTheModel() {
        Sizing sizing = new Sizing(config("credence.hidden", "500,500"), 16 << 20);
        ConfigException e = assertThrows(ConfigException.class, sizing::streams);
        assertTrue(e.getMessage().contains("credence.hidden") && e.getMessage().contains("16 MiB"), e.getMessage());
    }

    @Test
    void shouldNameTheRecordLimitWhenAnExampleDoesNotFit() {
        String features = IntStream.range(0, 500).mapToObj(i -> "f" + i).collect(Collectors.joining(","));
        CredenceConfig config = config("credence.features", features, "producer.max.request.size", "2048");
        ConfigException e = assertThrows(ConfigException.class, () -> new Sizing(config, GIB).streams());
        assertTrue(e.getMessage().contains("max.request.size") && e.getMessage().contains("500 columns"));
        assertThrows(ConfigException.class, () -> config("producer.max.request.size", "100"));
    }

    private static CredenceConfig config(String... pairs) {
        var settings = TopicPlanTest.settings(Arrays.copyOf(pairs, pairs.length));
        return CredenceConfig.of(settings);
    }
}
