package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Notices;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells of its events: each that raises, and of the others runs. A run is told before the next event
 * that raises, and else once in a publish interval: n events that raise cost at most 2 n records and one for each model and
 * interval.
 *
 * <p>A run that was not told yet is on the heap alone. A crash loses it, which delays the end of an episode by as many
 * events, and no more: nothing is made of events that are not told of.
 */
final class NoticeBook implements AutoCloseable {
    /** Models whose runs are followed; what is told of one that is let go begins anew. */
    private static final int MODELS = 10_000;

    private final CredenceConfig config;
    private final ProcessorContext<byte[], ? super byte[]> context;
    private final NoticeSource source;
    private final CredenceSerde<AlertNotice> serde;
    private final String sink;
    private final Duration interval;
    private final Map<String, Run> runs = new LeastRecent<>(MODELS, run -> {});
    private @Nullable Cancellable alarm;

    /** Usual events of a model. */
    private static final class Run {
        private String last = "";
        private long time = Long.MIN_VALUE;
        private long events;
        private long clearing;
        private long told;
    }

    /** @param processor that tells */
    NoticeBook(
            CredenceConfig config,
            TaskSerdes serdes,
            ProcessorContext<byte[], ? super byte[]> context,
            String processor,
            NoticeSource source) {
        this.config = config;
        this.context = context;
        this.source = source;
        this.serde = serdes.own(AlertNotice.class);
        this.sink = Names.of(config).noticesOf(processor);
        this.interval = Duration.ofMillis(config.publishing().intervalMs());
    }

    /** Takes an event that was scored. */
    void scored(Event event, VerdictMaker.Said said) {
        Observation seen = event.observation();
        if (config.alerts().raises(said.prediction(), said.uncertain())) {
            unusual(
                    Notices.scored(
                            seen,
                            event.raw().at(),
                            said.prediction(),
                            said.model(),
                            said.uncertain(),
                            said.attribution()),
                    seen.timestamp());
        } else {
            usual(seen, config.alerts().clears(said.prediction(), said.uncertain()));
        }
    }

    /** Takes an event that raises. */
    void unusual(AlertNotice notice, long time) {
        tell(notice.getModelKey(), run(notice.getModelKey()));
        write(time, notice);
    }

    /** Takes an event that does not raise; it may clear. */
    void usual(Observation event, boolean clears) {
        Run run = run(event.modelKey());
        run.last = event.eventId();
        run.time = Math.max(run.time, event.timestamp());
        run.events++;
        run.clearing += clears ? 1 : 0;
        if (context.currentSystemTimeMs() - run.told >= interval.toMillis()) {
            tell(event.modelKey(), run);
        } else if (alarm == null) {
            alarm = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> tellAll());
        }
    }

    private Run run(String modelKey) {
        return runs.computeIfAbsent(modelKey, key -> new Run());
    }

    private void tellAll() {
        close();
        runs.forEach(this::tell);
    }

    private void tell(String modelKey, Run run) {
        if (run.events > 0) {
            write(run.time, Notices.run(modelKey, source, run.last, run.time, run.clearing));
            run.told = context.currentSystemTimeMs();
            run.time = Long.MIN_VALUE;
            run.events = 0;
            run.clearing = 0;
        }
    }

    private void write(long time, AlertNotice notice) {
        byte[] value = serde.serializer().serialize(config.topics().notices(), notice);
        context.forward(
                new Record<>(notice.getModelKey().getBytes(StandardCharsets.UTF_8), value, Math.max(0, time)), sink);
    }

    @Override
    public void close() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
