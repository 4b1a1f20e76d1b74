package io.credence.stream.topology;

import io.credence.bayes.feature.Horizon;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Remembered;
import io.credence.bayes.feature.SeriesMemory;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.SeriesReader;
import io.credence.stream.state.LateLabel;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SeriesStore;
import io.credence.stream.topology.SeriesEvents.InSeries;
import io.credence.stream.wire.TaskSerdes;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells each event of the past of its series, and remembers it: labelled events go on to the training log, others to the
 * scorer. What has arrived is the order of the series topic.
 *
 * <p>An event and its label may be two records. They belong together by the event's identity, or where events have none, by
 * series and time. A label is learned with what was told when the question came. One that came on the labels topic is only
 * remembered: {@link JoinProcessor} has its event.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class RememberProcessor implements Processor<byte[], byte[], byte[], Object> {
    /** Events of series whose memory is kept on the heap; other series are read from the store again. */
    private static final int LIVE_EVENTS = 200_000;

    private final CredenceConfig config;
    private final Names names;
    private final PastPlan plan;
    private final boolean scores;
    private final boolean scorerWaits;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], Object> context;
    private EventReader[] readers;
    private SeriesReader seriesOf;
    private SeriesStore store;
    private LeastRecent<SeriesMemory> live;
    private LogEntry log;
    private Counter dead;

    /** @param serdes of the graph's tasks */
    RememberProcessor(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.names = Names.of(config);
        this.plan = PastPlan.of(
                config.model().features().specs(),
                config.model().learning().labelDelay(),
                Horizon.parse(config.events().horizon()));
        this.scores = config.topics().unlabelled() != null;
        this.scorerWaits = InputReads.matter(config);
        this.part = serdes.part();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        readers = Arrays.stream(LabelRule.values())
                .map(rule -> new EventReader(config, rule, serdes))
                .toArray(EventReader[]::new);
        seriesOf = SeriesEvents.reader(config);
        store = new SeriesStore(
                context.getStateStore(names.seriesMemory()),
                plan,
                config.model().label().task() + " " + config.model().label().classes());
        live = new LeastRecent<>(1 + LIVE_EVENTS / plan.capacity(), gone -> {});
        log = new LogEntry(config, serdes);
        dead = Counter.of(context, Activity.DEAD, names.remember(), config.prefix());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        SeriesEvents.of(record)
                .take(
                        in -> {
                            if (in instanceof InSeries.Came event) {
                                remember(event.series(), event.raw());
                            } else if (in instanceof InSeries.Answered answer) {
                                answer(answer.series(), answer.label());
                            }
                        },
                        bad -> refuse(new RawRecord(record, Position.of(context)), bad));
    }

    /** A label whose event is forgotten has nobody to be told to. */
    private void answer(String series, LateLabel label) {
        SeriesMemory memory = live.computeIfAbsent(series, store::open);
        Remembered known = memory.find(CounterRandom.hash(label.eventId()), label.time());
        if (known != null) {
            store.put(series, memory.correct(known, label.label()));
        }
    }

    private void remember(String series, RawRecord raw) {
        EventReader reader = readers[SeriesEvents.rule(config, raw).ordinal()];
        reader.read(raw)
                .flatMap(event -> seriesOf.fields(event.record())
                        .map(values -> remember(series, event.observation(), raw, values))
                        .flatMap(recalled -> told(reader, event, recalled)))
                .take(this::forward, bad -> refuse(raw, bad));
    }

    /** Takes the event and its label in. Returns what was told when it came first. */
    private double[] remember(String series, Observation observation, RawRecord raw, double[] values) {
        SeriesMemory memory = live.computeIfAbsent(series, store::open);
        boolean named = isNamed(observation, raw);
        long id = named ? CounterRandom.hash(observation.eventId()) : 0;
        long time = observation.timestamp();
        boolean labelled = observation.labelled();
        Remembered known = named || labelled ? memory.find(id, time) : memory.ask(time);
        if (known == null && labelled && memory.hasForgotten(time)) {
            return missing(plan.size());
        }
        Remembered event;
        if (known == null) {
            event = labelled
                    ? memory.rememberAnswered(id, time, values, observation.label())
                    : memory.remember(id, time, values);
        } else {
            event = labelled ? memory.answer(known, observation.label()) : known;
        }
        store.put(series, event);
        return memory.recall(event);
    }

    /** Whether the event's label says of which event it is; else it is found by time. */
    private boolean isNamed(Observation observation, RawRecord raw) {
        return config.events().eventId() != null
                && (config.topics().labelled() == null
                        || !observation.eventId().equals(raw.at().toString()));
    }

    /** A label whose question is forgotten is not learned with what has become known since. */
    private static double[] missing(int functions) {
        double[] nothing = new double[functions];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    private static Outcome<Event> told(EventReader reader, Event event, double[] recalled) {
        RawRecord raw = event.raw();
        Headers headers = new RecordHeaders(raw.record().headers());
        RecalledHeader.write(headers, recalled);
        return reader.read(new RawRecord(raw.record().withHeaders(headers), raw.at()), event.record(), recalled);
    }

    private void forward(Event event) {
        if (event.observation().labelled()) {
            context.forward(log.of(event), names.toTraining());
        }
        if (scores && (scorerWaits || !event.observation().labelled())) {
            context.forward(event.raw().record().withValue(event), names.score());
        }
    }

    private void refuse(RawRecord raw, Rejection bad) {
        dead.add(1);
        context.forward(DeadLetter.of(raw.record(), raw.at(), bad), names.deadLettersOf(names.remember()));
    }

    @Override
    public void close() {
        dead.close();
        part.close();
    }
}
