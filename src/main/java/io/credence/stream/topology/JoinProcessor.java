package io.credence.stream.topology;

import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.stream.avro.ArrivedLabel;
import io.credence.stream.avro.AskedEvent;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.LabelsSection;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.event.WaitingLog;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.Asked;
import io.credence.stream.state.LateLabel;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the waiting topic, where events that were scored and labels that came later meet by event id; what has met goes to the
 * training log. {@link WaitingRoom} decides.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]>, WaitingRoom.Exits {
    private final CredenceConfig config;
    private final LabelsSection labels;
    private final Task task;
    private final Names names;
    private final boolean told;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], byte[]> context;
    private WaitingRoom room;
    private CredenceSerde<WaitingRecord> waiting;
    private CredenceSerde<TrainingRecord> training;
    private final Map<Activity, Counter> counters = new EnumMap<>(Activity.class);

    /** @param serdes of the graph's tasks */
    JoinProcessor(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.labels = config.labels();
        this.task = config.model().label().task();
        this.names = Names.of(config);
        this.told = SeriesEvents.takeLabels(config);
        this.part = serdes.part();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        this.waiting = serdes.own(WaitingRecord.class);
        this.training = serdes.own(TrainingRecord.class);
        this.room = new WaitingRoom(labels, context.getStateStore(names.joinWaiting()), this);
        counters.clear();
        for (Activity activity : WaitingRoom.COUNTED) {
            counters.put(activity, Counter.of(context, activity, names.join(), config.prefix()));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        waiting.decode(record.value())
                .take(
                        entry -> {
                            if (entry.getBody() instanceof AskedEvent event) {
                                room.asked(WaitingLog.asked(event, task));
                            } else {
                                room.labelled(WaitingLog.label((ArrivedLabel) entry.getBody()));
                            }
                        },
                        bad -> {
                            count(Activity.DEAD);
                            context.forward(
                                    DeadLetter.of(record, Position.of(context), bad),
                                    names.deadLettersOf(names.join()));
                        });
    }

    @Override
    public void learn(WaitingRoom.Met met) {
        TrainingRecord entry =
                TrainingLog.example(met.example(), met.label().raw().at());
        context.forward(
                new Record<>(
                        met.example().modelKey().getBytes(StandardCharsets.UTF_8),
                        training.serializer().serialize(config.topics().training(), entry),
                        met.example().timestamp(),
                        new RecordHeaders()),
                names.joinToTraining());
    }

    @Override
    public void tell(Asked asked, Arrived label) {
        if (told && asked.series() != null) {
            LateLabel late = new LateLabel(label.eventId(), asked.event().timestamp(), label.label());
            context.forward(SeriesEvents.record(asked.series(), late), names.toSeriesOf(names.join()));
        }
    }

    @Override
    public void refuse(Arrived label, Reason reason, String detail) {
        count(Activity.DEAD);
        context.forward(
                DeadLetter.of(label.raw().record(), label.raw().at(), new Rejection(reason, detail)),
                names.deadLettersOf(names.join()));
    }

    @Override
    public void count(Activity what) {
        @Nullable Counter counter = counters.get(what);
        if (counter != null) {
            counter.add(1);
        }
    }

    @Override
    public void close() {
        counters.values().forEach(Counter::close);
        counters.clear();
        part.close();
    }
}
