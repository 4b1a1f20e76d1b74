package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends the records of an input topic on by the id of their event, so that repeats meet; bad ones go to the dead letters. Only
 * where repeats are looked for. No state.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class KeyingProcessor implements Processor<byte[], byte[], byte[], Object> {
    private final CredenceConfig config;
    private final LabelRule rule;
    private final SharedSerdes.Part part;
    private final Names names;
    private final InputReads reads;
    private final boolean noted;
    private ProcessorContext<byte[], Object> context;
    private EventReader reader;
    private Counter dead;

    /**
     * @param serdes of the graph's tasks
     * @param reads of the graph's tasks
     */
    KeyingProcessor(CredenceConfig config, LabelRule rule, SharedSerdes serdes, InputReads reads) {
        this.config = config;
        this.rule = rule;
        this.part = serdes.part();
        this.names = Names.of(config);
        this.reads = reads;
        this.noted = InputReads.matter(config);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        this.reader = new EventReader(config, rule, part.open(context.taskId()));
        this.dead = Counter.of(context, Activity.DEAD, names.keyOf(rule), config.prefix());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RawRecord raw = new RawRecord(record, Position.of(context));
        reader.read(raw)
                .take(
                        event -> {
                            context.forward(Hop.of(event), names.toEventsOf(rule));
                            note(raw.at(), true);
                        },
                        bad -> {
                            dead.add(1);
                            context.forward(
                                    DeadLetter.of(record, raw.at(), bad), names.deadLettersOf(names.keyOf(rule)));
                            note(raw.at(), false);
                        });
    }

    private void note(Origin at, boolean good) {
        if (noted) {
            reads.of(SourceOffsets.partition(at)).noteSent(at.offset(), good);
        }
    }

    @Override
    public void close() {
        dead.close();
        part.close();
    }
}
