package io.credence.stream.topology;

import io.credence.bayes.feature.Rejection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.RingStore;
import io.credence.stream.wire.TaskSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Scores events in micro-batches, in order.
 *
 * <p>An event that has to wait for company is in the pending ring before {@code process()} returns, so that its offset
 * may be committed. The first event after a gap longer than the linger is scored at once; a full batch when it is full;
 * the rest when the linger is over. The alarm for that is set only while events wait: on a busy stream batches fill
 * before it, and Kafka Streams halves the records it takes in a row whenever an alarm goes off.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class ScoringProcessor implements Processor<byte[], Event, byte[], Object> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CredenceConfig config;
    private final Names names;
    private final String deadLetters;
    private final Duration patience;
    private final SharedSerdes.Part part;
    private final SharedSamples samples;
    private final int batchSize;
    private final long lingerMs;
    private ProcessorContext<byte[], Object> context;
    private EventReader reader;
    private VerdictMaker scorer;
    private Counter scored;
    private Counter dead;
    private RingStore ring;
    private List<Event> pending;
    private boolean reloaded;
    private long lastArrival;
    private @Nullable Cancellable alarm;

    /**
     * @param samples of this instance
     * @param serdes of the graph's tasks
     */
    ScoringProcessor(CredenceConfig config, SharedSamples samples, SharedSerdes serdes) {
        this(config, samples, serdes, PATIENCE);
    }

    /**
     * @param samples of this instance
     * @param serdes of the graph's tasks
     * @param patience most time that a lagging global store is waited for, in all
     */
    ScoringProcessor(CredenceConfig config, SharedSamples samples, SharedSerdes serdes, Duration patience) {
        this.config = config;
        this.names = Names.of(config);
        this.deadLetters = names.deadLettersOf(names.score());
        this.samples = samples;
        this.part = serdes.part();
        this.patience = patience;
        this.batchSize = config.scoring().batchSize();
        this.lingerMs = config.scoring().lingerMs();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        reader = new EventReader(config, config.topics().shared() ? LabelRule.OPTIONAL : LabelRule.IGNORED, serdes);
        scored = Counter.of(context, Activity.SCORED, names.score(), config.prefix());
        dead = Counter.of(context, Activity.DEAD, names.score(), config.prefix());
        scorer = new VerdictMaker(
                config,
                serdes,
                context.getStateStore(names.posteriorsGlobal()),
                context.getStateStore(names.scoreMarks()),
                patience,
                samples);
        ring = new RingStore(context.getStateStore(names.scorePending()), "", batchSize);
        pending = new ArrayList<>(batchSize);
        reloaded = false;
        lastArrival = Long.MIN_VALUE / 2;
        disarm();
        // What waited when the task was last committed does not wait for a new event.
        arm();
    }

    @Override
    public void process(Record<byte[], Event> record) {
        reload();
        long now = context.currentSystemTimeMs();
        boolean afterGap = now - lastArrival > lingerMs;
        lastArrival = now;
        pending.add(record.value());
        if (pending.size() >= batchSize || lingerMs == 0 || (afterGap && pending.size() == 1)) {
            score();
        } else {
            ring.append(RawRecordFormat.encode(record.value().raw()));
            arm();
        }
    }

    private void arm() {
        if (alarm == null) {
            alarm = context.schedule(
                    Duration.ofMillis(Math.max(1, lingerMs)), PunctuationType.WALL_CLOCK_TIME, now -> wake());
        }
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void wake() {
        disarm();
        reload();
        if (!pending.isEmpty()) {
            score();
        }
    }

    private void score() {
        disarm();
        List<VerdictMaker.Verdict> verdicts = scorer.score(pending, context.currentSystemTimeMs());
        ring.release(ring.head());
        pending.clear();
        scored.add(verdicts.size());
        verdicts.forEach(this::forward);
    }

    private void forward(VerdictMaker.Verdict verdict) {
        RawRecord raw = verdict.event().raw();
        verdict.value().take(value -> forward(verdict, value), bad -> refuse(raw, bad));
    }

    private void refuse(RawRecord raw, Rejection bad) {
        dead.add(1);
        context.forward(DeadLetter.of(raw.record(), raw.at(), bad), deadLetters);
    }

    private void forward(VerdictMaker.Verdict verdict, byte[] value) {
        RawRecord raw = verdict.event().raw();
        context.forward(raw.record().withValue(new Scored(value, raw.at().partition())), names.toScored());
        if (verdict.alert() != null) {
            context.forward(raw.record().withValue(verdict.alert()), names.toAlerts());
        }
    }

    /** Takes back what was pending when the task was last committed; not in init(), where nothing can be forwarded. */
    private void reload() {
        if (reloaded) {
            return;
        }
        List<Event> events = new ArrayList<>();
        for (byte[] entry : ring.entries()) {
            RawRecord raw = RawRecordFormat.decode(entry);
            reader.read(raw).take(events::add, bad -> refuse(raw, bad));
        }
        if (events.isEmpty()) {
            ring.release(ring.head());
        }
        pending.addAll(events);
        reloaded = true;
    }

    @Override
    public void close() {
        scored.close();
        dead.close();
        part.close();
    }
}
