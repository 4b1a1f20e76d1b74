package io.credence.stream.topology;

import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.WaitingLog;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads the records of the labels topic: labels go to the waiting topic by the id of their event, bad ones to the dead
 * letters. No state.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class LabelIntake implements Processor<byte[], byte[], byte[], byte[]> {
    private final CredenceConfig config;
    private final Names names;
    private final String waiting;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], byte[]> context;
    private LabelDecoder reader;
    private CredenceSerde<WaitingRecord> log;
    private Counter arrived;
    private Counter dead;

    /** @param serdes of the graph's tasks */
    LabelIntake(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.names = Names.of(config);
        this.waiting = Objects.requireNonNull(config.topics().waiting());
        this.part = serdes.part();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        this.reader = new LabelDecoder(config, serdes);
        this.log = serdes.own(WaitingRecord.class);
        this.arrived = Counter.of(context, Activity.LABELS, names.readLabels(), config.prefix());
        this.dead = Counter.of(context, Activity.DEAD, names.readLabels(), config.prefix());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        arrived.add(1);
        RawRecord raw = new RawRecord(record, Position.of(context));
        reader.read(raw).take(this::forward, bad -> {
            dead.add(1);
            context.forward(DeadLetter.of(record, raw.at(), bad), names.deadLettersOf(names.readLabels()));
        });
    }

    private void forward(Arrived label) {
        context.forward(
                new Record<>(
                        label.eventId().getBytes(StandardCharsets.UTF_8),
                        log.serializer().serialize(waiting, WaitingLog.label(label)),
                        label.time(),
                        new RecordHeaders()),
                names.labelsToWaiting());
    }

    @Override
    public void close() {
        arrived.close();
        dead.close();
        part.close();
    }
}
