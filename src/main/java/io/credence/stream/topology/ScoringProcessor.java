package io.credence.stream.topology;

import io.credence.bayes.feature.Rejection;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.WarmupSection.Policy;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.RingStore;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
 *
 * <p>An event whose model is warming up may have to wait longer, at the {@link WarmupGate}. It leaves when that is looked
 * at next, never in {@code process()}: a whole backlog may be due at once.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class ScoringProcessor implements Processor<byte[], Event, byte[], Object> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** How often it is looked whether a model is warm, while events wait for that. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration SOON = Duration.ofMillis(1);

    private final CredenceConfig config;
    private final Names names;
    private final String deadLetters;
    private final Duration patience;
    private final SharedSerdes.Part part;
    private final SharedSamples samples;
    private final InputReads reads;
    private final int batchSize;
    private final long lingerMs;
    private ProcessorContext<byte[], Object> context;
    private EventReader reader;
    private VerdictMaker scorer;
    private Counter scored;
    private Counter uncertain;
    private Counter dead;
    private RingStore ring;
    private List<Event> pending;
    private boolean reloaded;
    private long lastArrival;
    private @Nullable Cancellable alarm;
    private WarmupGate gate;
    private NoticeBook book;
    private @Nullable Cancellable watch;

    /**
     * @param samples of this instance
     * @param serdes of the graph's tasks
     * @param reads of the graph's tasks
     */
    ScoringProcessor(CredenceConfig config, SharedSamples samples, SharedSerdes serdes, InputReads reads) {
        this(config, samples, serdes, reads, PATIENCE);
    }

    /**
     * @param samples of this instance
     * @param serdes of the graph's tasks
     * @param reads of the graph's tasks
     * @param patience most time that a lagging global store is waited for, in all
     */
    ScoringProcessor(
            CredenceConfig config, SharedSamples samples, SharedSerdes serdes, InputReads reads, Duration patience) {
        this.config = config;
        this.names = Names.of(config);
        this.deadLetters = names.deadLettersOf(names.score());
        this.samples = samples;
        this.reads = reads;
        this.part = serdes.part();
        this.patience = patience;
        this.batchSize = config.scoring().batchSize();
        this.lingerMs = config.scoring().lingerMs();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        reader =
                EventReader.ofStored(config, config.topics().shared() ? LabelRule.OPTIONAL : LabelRule.IGNORED, serdes);
        scored = Counter.of(context, Activity.SCORED, names.score(), config.prefix());
        uncertain = Counter.of(context, Activity.UNCERTAIN, names.score(), config.prefix());
        dead = Counter.of(context, Activity.DEAD, names.score(), config.prefix());
        scorer = new VerdictMaker(
                config,
                serdes,
                context.getStateStore(names.posteriorsGlobal()),
                context.getStateStore(names.scoreMarks()),
                patience,
                samples);
        if (book != null) {
            book.close();
        }
        book = new NoticeBook(config, serdes, context, names.score(), NoticeSource.SCORING);
        ring = new RingStore(context.getStateStore(names.scorePending()), "", batchSize);
        pending = new ArrayList<>(batchSize);
        reloaded = false;
        lastArrival = Long.MIN_VALUE / 2;
        disarm();
        // What waited when the task was last committed does not wait for a new event.
        arm();
        gate = new WarmupGate(
                config,
                context.getStateStore(names.scorePending()),
                context.getStateStore(names.scoreMarks()),
                scorer,
                reads);
        unwatch();
        if (config.warmup().policy() != Policy.FLAG) {
            reads.ends().ask(context.appConfigs());
        }
        if (gate.holdsSome()) {
            watch(LOOK);
        }
    }

    @Override
    public void process(Record<byte[], Event> record) {
        reload();
        if (record.value().observation().labelled()) {
            gate.label(record.value());
            return;
        }
        long now = context.currentSystemTimeMs();
        if (gate.holds(record.value(), now)) {
            watch(gate.isOverfull() ? SOON : LOOK);
            return;
        }
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

    /** Looks at the gate from time to time; sooner than until now, if it is said so. */
    private void watch(Duration period) {
        if (watch == null || period.equals(SOON)) {
            unwatch();
            watch = context.schedule(period, PunctuationType.WALL_CLOCK_TIME, now -> open());
        }
    }

    private void unwatch() {
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }

    /** Scores what need not wait any more, after what was pending. */
    private void open() {
        reload();
        long now = context.currentSystemTimeMs();
        List<Event> due = gate.due(now);
        if (!due.isEmpty() && !pending.isEmpty()) {
            score();
        }
        for (int from = 0; from < due.size(); from += batchSize) {
            write(scorer.score(due.subList(from, Math.min(due.size(), from + batchSize)), now));
        }
        unwatch();
        if (!gate.isEmpty()) {
            watch(LOOK);
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
        write(verdicts);
    }

    private void write(List<VerdictMaker.Verdict> verdicts) {
        scored.add(verdicts.size());
        verdicts.forEach(this::forward);
    }

    private void forward(VerdictMaker.Verdict verdict) {
        RawRecord raw = verdict.event().raw();
        verdict.value().take(value -> forward(verdict, value), bad -> refuse(raw, bad));
        if (verdict.waiting() != null) {
            var event = verdict.event().observation();
            byte[] id = event.eventId().getBytes(StandardCharsets.UTF_8);
            context.forward(
                    new Record<>(id, verdict.waiting(), event.timestamp(), new RecordHeaders()), names.toWaiting());
        }
    }

    private void refuse(RawRecord raw, Rejection bad) {
        dead.add(1);
        context.forward(DeadLetter.of(raw.record(), raw.at(), bad), deadLetters);
    }

    /** Where events come by series or id, a partition of the scored topic would have several writers if the input's decided. */
    private int partition(RawRecord raw) {
        return config.topics().series() == null && config.topics().events() == null
                ? raw.at().partition()
                : context.taskId().partition();
    }

    private void forward(VerdictMaker.Verdict verdict, byte[] value) {
        RawRecord raw = verdict.event().raw();
        context.forward(raw.record().withValue(new Scored(value, partition(raw))), names.toScored());
        if (verdict.said() != null) {
            uncertain.add(verdict.said().isFlagged() ? 1 : 0);
            book.scored(verdict.event(), verdict.said());
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
        gate.reload(raw -> reader.read(raw).<@Nullable Event>fold(event -> event, bad -> {
            refuse(raw, bad);
            return null;
        }));
        reloaded = true;
    }

    @Override
    public void close() {
        scored.close();
        uncertain.close();
        dead.close();
        part.close();
    }
}
