package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.credence.bayes.alert.Episodes;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Remembered;
import io.credence.stream.wire.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Every released version of every stored format, frozen. A new version gets new files; these never change.
 *
 * <p>To write the files of a new version, run with {@code -Dcredence.golden.write=DIRECTORY}.
 */
class GoldenFileTest {
    /** Computed by another program from the drawn layout. */
    private static final String DIGEST = "521ac6f0c606b975dfd188ea259e9186a088a4620b1a05dd2fa50288fcc226f7";

    @Test
    void shouldKeepTheLearnerStateWhenItIsVersion1() {
        List<byte[]> chunks = LearnerStateFormat.encode(Samples.state(), 64);
        for (int i = 0; i < chunks.size(); i++) {
            assertFrozen("learner-state-v1-chunk" + i, chunks.get(i));
        }
        assertEquals(6, chunks.size());
        var read = LearnerStateFormat.decode(
                i -> i < 6 ? golden("learner-state-v1-chunk" + i) : null, Samples.FINGERPRINT);
        assertNotNull(read);
        LearnerStateFormatTest.assertSame(Samples.state(), read);
    }

    @Test
    void shouldKeepTheExampleWhenItIsVersion1() {
        assertFrozen("example-v1", ExampleFormat.encode(Samples.wideExample(), Samples.FINGERPRINT));
        assertEquals(Samples.wideExample(), ExampleFormat.decode(golden("example-v1"), "Köln", Samples.FINGERPRINT));
    }

    @Test
    void shouldKeepTheExampleWhenItIsVersion2() {
        assertFrozen("example-v2", ExampleFormat.encode(Samples.foretoldExample(), Samples.FINGERPRINT));
        assertEquals(
                Samples.foretoldExample(), ExampleFormat.decode(golden("example-v2"), "Köln", Samples.FINGERPRINT));
    }

    @Test
    void shouldKeepTheCorrectionWhenItIsVersion3() {
        Observation correction = Samples.foretoldExample().withLabel(41).correcting(Samples.foretoldExample());
        assertFrozen("example-v3", ExampleFormat.encode(correction, Samples.FINGERPRINT));
        assertEquals(correction, ExampleFormat.decode(golden("example-v3"), "Köln", Samples.FINGERPRINT));
    }

    @Test
    void shouldKeepThePlaceOfAnEventWhenItIsVersion1() {
        Origin at = new Origin("Straße", 3, 1L << 40);
        assertFrozen("event-place-v1", BlockPlaces.encode(51, at));
        assertEquals(at, BlockPlaces.decode(51, golden("event-place-v1")));
        assertNull(BlockPlaces.decode(851, golden("event-place-v1")));
    }

    @Test
    void shouldKeepThePendingEventWhenItIsVersion1() {
        assertFrozen("pending-event-v1", RawRecordFormat.encode(Samples.pending()));
        RawRecordFormatTest.assertSame(Samples.pending(), RawRecordFormat.decode(golden("pending-event-v1")));
    }

    @Test
    void shouldKeepTheMarksWhenTheyAreVersion1() {
        assertFrozen("learner-marks-v1", Samples.learnerMarks().encode());
        assertEquals(Samples.learnerMarks(), LearnerMarks.decode(golden("learner-marks-v1")));
        assertFrozen("scorer-marks-v1", Samples.scorerMarks().encode());
        assertEquals(Samples.scorerMarks(), ScorerMarks.decode(golden("scorer-marks-v1")));
    }

    @Test
    void shouldKeepWhatWarmsUpWhenItIsVersion1() {
        assertFrozen("source-offsets-v1", Samples.sourceOffsets().encode());
        assertEquals(Samples.sourceOffsets(), SourceOffsets.decode(golden("source-offsets-v1")));
        assertFrozen("warmup-marks-v1", Samples.warmupMarks().encode());
        assertEquals(Samples.warmupMarks(), WarmupMarks.decode(golden("warmup-marks-v1")));
        assertFrozen("episodes-v1", EpisodesFormat.encode(Samples.episodes()));
        Episodes episodes = EpisodesFormat.decode("Köln", golden("episodes-v1"));
        assertEquals(
                Samples.episodes().toString().replaceAll("\\[B@\\w+", ""),
                episodes.toString().replaceAll("\\[B@\\w+", ""));
        assertArrayEquals(EpisodesFormat.encode(Samples.episodes()), EpisodesFormat.encode(episodes));
        assertFrozen("waiting-event-v1", Samples.waitingEvent());
        WaitingEvents.Waiting waiting = WaitingEvents.decode(3, golden("waiting-event-v1"));
        assertEquals(3, waiting.number());
        assertEquals(1_700_000_000_000L, waiting.since());
        assertEquals(Samples.sourceOffsets(), waiting.labels());
        RawRecordFormatTest.assertSame(Samples.pending(), waiting.raw());
    }

    @Test
    void shouldKeepTheDigestWhenItsLayoutIsVersion1() {
        assertEquals(DIGEST, StateDigest.of(Samples.state()));
        assertEquals(DIGEST, StateDigest.of(Samples.state().named("Köln", 77)), "the epoch is no part of it");
    }

    @Test
    void shouldKeepTheRingPositionAndSlotWhenTheyAreVersion1() {
        var store = MapStore.create("ring");
        RingStore ring = new RingStore(store, "owner", 3);
        for (int i = 0; i < 4; i++) {
            ring.append(new byte[] {(byte) i});
            ring.release(i);
        }
        assertFrozen("ring-position-v1", store.get(StoreKey.of(StoreKey.POSITION, "owner", 0)));
        assertFrozen("ring-slot-v1", store.get(StoreKey.of(StoreKey.SLOT, "owner", 0)));
    }

    @Test
    void shouldKeepTheRememberedEventWhenItIsVersion2() {
        var store = MapStore.create("series");
        PastPlan plan = PastPlan.of(FeatureSpec.parseList("lag(label,1),mean(km,2)"));
        Remembered event = new Remembered(71, 5, 1_700_000_000_456L, new double[] {1.5}, Double.NaN, -1);
        new SeriesStore(store, plan, "y").put("Köln", event);
        Bytes key = StoreKey.of(StoreKey.SLOT, "Köln", 71 % plan.capacity());
        assertFrozen("remembered-event-v2", store.get(key));
        for (int version = 1; version <= 2; version++) {
            store.put(key, golden("remembered-event-v" + version));
            assertEquals(
                    List.of(event),
                    new SeriesStore(store, plan, "y").open("Köln").events());
        }
    }

    @Test
    void shouldKeepWhatWaitsForItsLabelWhenItIsVersion1() {
        var store = MapStore.create("arrivals");
        ArrivalStore arrivals = new ArrivalStore(store, 1_000, 10_000);
        arrivals.note(1_700_000_000_000L);
        arrivals.put("event-9", Samples.meeting().encode());
        byte[] stored = store.get(StoreKey.of(StoreKey.ARRIVAL, 0));
        assertFrozen("arrival-v1", stored);
        assertFrozen("event-time-v2", store.get(StoreKey.of(StoreKey.CLOCK, 0)));
        store.put(StoreKey.of(StoreKey.CLOCK, 0), golden("event-time-v1"));
        assertEquals(1_700_000_000_000L, new StoredClock(store, 0, 1_000).passed(), "version 1 goes on from its time");
        store.put(StoreKey.of(StoreKey.ARRIVAL, 0), golden("arrival-v1"));
        byte[] value = new ArrivalStore(store, 1_000, 10_000).get("event-9");
        assertNotNull(value);
        Meeting read = Meeting.decode("event-9", value);
        assertArrayEquals(Samples.meeting().encode(), read.encode());
        assertEquals(Samples.meeting().asked(), read.asked());
        assertNotNull(read.label());
        RawRecordFormatTest.assertSame(Samples.pending(), read.label().raw());
    }

    @Test
    void shouldKeepWhatGoesToASeriesWhenItIsVersion1() {
        LateLabel label = new LateLabel("Straße", 1_700_000_000_456L, -0.5);
        assertFrozen("late-label-v1", label.encode());
        assertEquals(label, LateLabel.decode(golden("late-label-v1")));
        Meeting waits = Meeting.of(new Asked(Samples.example(), new Origin("rides", 3, 98), "Köln", null));
        assertFrozen("meeting-of-series-v1", waits.encode());
        assertEquals(
                "Köln",
                Meeting.decode("event-7", golden("meeting-of-series-v1"))
                        .asked()
                        .series());
        assertArrayEquals(
                waits.encode(),
                Meeting.decode("event-7", golden("meeting-of-series-v1")).encode());
    }

    private static void assertFrozen(String name, byte[] actual) {
        String directory = System.getProperty("credence.golden.write");
        try {
            if (directory != null) {
                Files.write(Path.of(directory, name + ".bin"), actual);
            } else {
                assertArrayEquals(golden(name), actual, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] golden(String name) {
        try (InputStream in = GoldenFileTest.class.getResourceAsStream("/golden/" + name + ".bin")) {
            assertNotNull(in, name + ".bin is missing");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
