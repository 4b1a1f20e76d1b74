package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.fixture.LateCase;
import io.credence.stream.config.LabelsSection;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.Asked;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The waiting room alone: restarts, bounds and times that are wrong. */
class WaitingRoomTest {
    private static final long START = 1_700_000_000_000L;

    private final KeyValueStore<Bytes, byte[]> store = store();
    private final Log log = new Log();

    /** Everything that left, and what was counted. */
    private static final class Log implements WaitingRoom.Exits {
        final List<String> all = new ArrayList<>();
        int expired;

        @Override
        public void learn(WaitingRoom.Met met) {
            all.add("learn " + met.example());
        }

        @Override
        public void tell(Asked asked, Arrived label) {
            all.add("tell " + asked.event().eventId() + " " + label.label());
        }

        @Override
        public void refuse(Arrived label, Reason reason, String detail) {
            all.add(reason + " " + label.eventId() + " " + label.label());
        }

        @Override
        public void count(Activity what) {
            expired += what == Activity.EXPIRED ? 1 : 0;
            all.add(what.name());
        }
    }

    @ParameterizedTest
    @EnumSource(LabelsSection.Second.class)
    void shouldComeToTheSameWhenItIsOpenedAgainAtAnyTime(LabelsSection.Second second) {
        LateCase events = new LateCase(2_000, 11, START);
        Random random = new Random(3);
        Log restarted = new Log();
        KeyValueStore<Bytes, byte[]> other = store();
        WaitingRoom whole = room(store, log, LateCase.WAIT, 4 << 20, second);
        WaitingRoom cut = room(other, restarted, LateCase.WAIT, 4 << 20, second);
        events.sent.addAll(events.end());
        for (LateCase.Sent sent : events.sent) {
            take(whole, sent);
            take(cut, sent);
            if (random.nextInt(5) == 0) {
                cut = room(other, restarted, LateCase.WAIT, 4 << 20, second);
            }
        }
        assertEquals(log.all, restarted.all);
        assertEquals(whole.bytes(), cut.bytes());
        assertTrue(log.all.stream().filter(line -> line.startsWith("learn")).count() > 1_900);
    }

    @Test
    void shouldStayWithinItsBytesWhenTenTimesAsManyWait() {
        long most = 200_000;
        WaitingRoom room = room(store, log, 365 * 24 * LateCase.HOUR, most);
        int fit = 0;
        for (int i = 0; i < 10_000; i++) {
            room.asked(asked("e" + i, START + i, i));
            assertTrue(room.bytes() <= most);
            fit = Math.max(fit, room.size());
        }
        assertTrue(fit >= 100 && fit <= 1_000, "10 times as many came as fit: " + fit);
        assertEquals(10_000 - room.size(), log.expired);
        assertEquals(room.size() + 1, store.approximateNumEntries(), "what waits, and a clock");
        room.labelled(label("e9999", START + 10_000, 5));
        assertEquals("MATCHED", log.all.get(log.all.size() - 3));
    }

    @Test
    void shouldForgetNothingElseWhenOneRecordIsFromTheFarFuture() {
        WaitingRoom room = room(store, log, LateCase.HOUR, 1 << 20);
        room.asked(asked("a", START, 1));
        room.asked(asked("far", START * 10, 1));
        room.asked(asked("b", START + 1, 1));
        room.labelled(label("a", START + 2, 3));
        room.labelled(label("b", START + 3, 4));
        assertEquals(0, log.expired);
        assertEquals(
                2, log.all.stream().filter(line -> line.startsWith("learn")).count());
    }

    @Test
    void shouldWaitAsLongForALateEvent() {
        WaitingRoom room = room(store, log, LateCase.HOUR, 1 << 20);
        room.asked(asked("a", START, 1));
        room.asked(asked("late", START - 50 * LateCase.HOUR, 1));
        room.asked(asked("b", START + 1, 1));
        room.asked(asked("c", START + 2, 1));
        room.labelled(label("late", START + 3, 3));
        assertEquals(0, log.expired);
        assertEquals(
                1, log.all.stream().filter(line -> line.startsWith("learn")).count());
    }

    private static void take(WaitingRoom room, LateCase.Sent sent) {
        if (sent.label() == null) {
            room.asked(asked(sent.id(), sent.time(), sent.km()));
        } else {
            room.labelled(label(sent.id(), sent.time(), sent.label()));
        }
    }

    private static Asked asked(String id, long time, double x) {
        Observation event = new Observation("", id, time, new FeatureVector(new double[] {x}), Double.NaN);
        var said = new Asked.Said(new ModelVersion(0, time), new RealPrediction(x, 1, 2, x - 1, x + 1));
        return new Asked(event, new Origin("rides", 0, time), null, said);
    }

    private static Arrived label(String id, long time, double label) {
        var record = new Record<>(Bench.utf8(id), Bench.utf8("value"), time);
        return new Arrived(id, label, time, new RawRecord(record, new Origin("fares", 0, time)));
    }

    private static WaitingRoom room(
            KeyValueStore<Bytes, byte[]> store, WaitingRoom.Exits exits, long waitMs, long waitBytes) {
        return room(store, exits, waitMs, waitBytes, LabelsSection.Second.REJECT);
    }

    private static WaitingRoom room(
            KeyValueStore<Bytes, byte[]> store,
            WaitingRoom.Exits exits,
            long waitMs,
            long waitBytes,
            LabelsSection.Second second) {
        long settleMs = waitMs == LateCase.WAIT ? LateCase.SETTLE : 0;
        var config = new LabelsSection("id", "fare", null, settleMs, second, waitMs, waitBytes, 0, 1);
        return new WaitingRoom(config, store, exits);
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> store = StoreBuilders.global("room").build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
