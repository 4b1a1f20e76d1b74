package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.SeriesReader;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of an input topic: labelled ones go to the training log, others to the scorer, bad ones to the dead
 * letters. Where both kinds share a topic, the scorer is shown the labelled ones too: it may have to wait until they are
 * learned. Where features ask for the past, both kinds go to the topic of series. No state.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class IntakeProcessor implements Processor<byte[], byte[], byte[], Object> {
    private final CredenceConfig config;
    private final LabelRule rule;
    private final SharedSerdes.Part part;
    private final Names names;
    private final String deadLetters;
    private final String toSeries;
    private final boolean scorerWaits;
    private final boolean hops;
    private final InputReads reads;
    private ProcessorContext<byte[], Object> context;
    private EventReader reader;
    private Counter arrived;
    private Counter dead;
    private LogEntry log;
    private InputReads.@Nullable Read read;
    private @Nullable SeriesReader seriesOf;

    /**
     * @param serdes of the graph's tasks
     * @param reads of the graph's tasks
     */
    IntakeProcessor(CredenceConfig config, LabelRule rule, SharedSerdes serdes, InputReads reads) {
        this.config = config;
        this.reads = reads;
        this.rule = rule;
        this.part = serdes.part();
        this.names = Names.of(config);
        this.deadLetters =
                names.deadLettersOf(rule == LabelRule.IGNORED ? names.readUnlabelled() : names.readLabelled());
        this.toSeries = names.toSeriesOf(rule == LabelRule.IGNORED ? names.readUnlabelled() : names.readLabelled());
        this.hops = config.topics().events() != null;
        this.scorerWaits = InputReads.matter(config);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        this.read = null;
        TaskSerdes serdes = part.open(context.taskId());
        this.reader = new EventReader(config, rule, serdes);
        String own = rule == LabelRule.IGNORED ? names.readUnlabelled() : names.readLabelled();
        this.arrived = Counter.of(context, Activity.ARRIVED, own, config.prefix());
        this.dead = Counter.of(context, Activity.DEAD, own, config.prefix());
        this.log = new LogEntry(config, serdes);
        this.seriesOf = config.topics().series() == null ? null : SeriesEvents.reader(config);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (rule != LabelRule.IGNORED) {
            arrived.add(1);
        }
        Outcome<RawRecord> came = hops
                ? Hop.landed(record).map(Hop.Landed::raw)
                : Outcome.of(new RawRecord(record, Position.of(context)));
        came.take(this::read, bad -> refuse(new RawRecord(record, Position.of(context)), bad));
    }

    private void read(RawRecord raw) {
        SeriesReader series = seriesOf;
        if (series == null) {
            reader.read(raw).take(this::forward, bad -> refuse(raw, bad));
        } else {
            reader.read(raw)
                    .flatMap(event -> series.series(event.record()).map(name -> {
                        note(raw.at(), event.observation().labelled());
                        return SeriesEvents.record(name, raw);
                    }))
                    .take(bySeries -> context.forward(bySeries, toSeries), bad -> refuse(raw, bad));
        }
    }

    private void refuse(RawRecord raw, Rejection bad) {
        note(raw.at(), false);
        dead.add(1);
        context.forward(DeadLetter.of(raw.record(), raw.at(), bad), deadLetters);
    }

    private void note(Origin at, boolean labelled) {
        if (scorerWaits) {
            if (hops) {
                // Records of every partition of the input come here, and those of one go to several tasks.
                reads.of(SourceOffsets.partition(at)).noteAmongOthers(at.offset(), labelled);
                return;
            }
            if (read == null) {
                read = reads.of(SourceOffsets.partition(at));
            }
            read.note(at.offset(), labelled);
        }
    }

    private void forward(Event event) {
        var record = event.raw().record();
        note(event.raw().at(), event.observation().labelled());
        if (rule != LabelRule.IGNORED && event.observation().labelled()) {
            context.forward(log.of(event), names.toTraining());
            if (scorerWaits) {
                context.forward(record.withValue(event), names.score());
            }
        } else {
            context.forward(record.withValue(event), names.score());
        }
    }

    @Override
    public void close() {
        arrived.close();
        dead.close();
        part.close();
    }
}
