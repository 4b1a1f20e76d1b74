package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Notices;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** When a model's silence is asked for: not because what its events come by is behind. */
class SilenceTest {
    private static final Names NAMES = new Names("");
    private static final long MINUTE = 60_000;
    /** Wall clock at the start; event times begin at 0. */
    private static final long START = 1_000_000_000;

    private final CredenceConfig config =
            new Rides("credence.alert.silence.ms", "" + MINUTE, "credence.model.key", "city").config();
    private final CredenceSerde<AlertNotice> serde = CredenceSerde.of(AlertNotice.class, config.serde());
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

    SilenceTest() {
        context.setCurrentSystemTimeMs(START);
        KeyValueStore<Bytes, byte[]> store =
                StoreBuilders.global(NAMES.episodesState()).build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private EpisodesProcessor started() {
        EpisodesProcessor episodes = new EpisodesProcessor(config, Rides.serdes(config));
        episodes.init(context);
        return episodes;
    }

    private void usual(EpisodesProcessor episodes, String modelKey, long time) {
        AlertNotice notice = Notices.run(modelKey, NoticeSource.SCORING, "e" + time, time, 1);
        byte[] value = serde.serializer().serialize("notices", notice);
        context.setRecordMetadata("notices", 0, time);
        episodes.process(new Record<>(modelKey.getBytes(StandardCharsets.UTF_8), value, time));
    }

    /** The models that a time is told of when it is looked so long after the start. */
    private List<String> asked(long after) {
        context.setCurrentSystemTimeMs(START + after);
        context.resetForwards();
        var punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(START + after);
        return context.forwarded(NAMES.noticesOf(NAMES.episodes())).stream()
                .map(CapturedForward::record)
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldAskWhenNothingIsReadForSoLong() {
        EpisodesProcessor episodes = started();
        usual(episodes, "north", 0);

        assertEquals(List.of(), asked(MINUTE - 1));
        assertEquals(List.of("north"), asked(MINUTE));
        assertEquals(List.of(), asked(2 * MINUTE), "once");
    }

    @Test
    void shouldNotAskWhenABacklogIsReadSlowerThanItCame() {
        EpisodesProcessor episodes = started();
        usual(episodes, "north", 0);
        for (long second = 1; second < 60; second++) {
            context.setCurrentSystemTimeMs(START + 10_000 * second);
            usual(episodes, "south", 1000 * second);
            assertEquals(List.of(), asked(10_000 * second + 500), "by event time that are " + second + " s");
        }
        usual(episodes, "south", MINUTE);

        assertEquals(List.of("north"), asked(10 * MINUTE));
    }

    @Test
    void shouldLeaveFiveMinutesForOtherTasksWhenItStartsAgain() {
        usual(started(), "north", 0);
        started();

        assertEquals(List.of(), asked(5 * MINUTE - 1));
        assertEquals(List.of("north"), asked(5 * MINUTE));
    }
}
