package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.state.ArrivalStore;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lets each event through once: the same id and kind again, within the time that is looked back, is counted and left out. A
 * fold of the records of one partition of the events topic.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class DeduplicateProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final CredenceConfig config;
    private final Names names;
    private final InputReads reads;
    private final boolean noted;
    private ProcessorContext<byte[], byte[]> context;
    private ArrivalStore seen;
    private Counter repeated;
    private Counter dead;

    /** @param reads of the graph's tasks */
    DeduplicateProcessor(CredenceConfig config, InputReads reads) {
        this.config = config;
        this.reads = reads;
        this.noted = InputReads.matter(config);
        this.names = Names.of(config);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.seen = new ArrivalStore(
                context.getStateStore(names.seenEvents()),
                config.labels().deduplicateMs(),
                config.labels().deduplicateBytes());
        this.repeated = Counter.of(context, Activity.REPEATED, names.deduplicate(), config.prefix());
        this.dead = Counter.of(context, Activity.DEAD, names.deduplicate(), config.prefix());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Hop.landed(record).take(landed -> once(record, landed), bad -> {
            dead.add(1);
            context.forward(DeadLetter.of(record, Position.of(context), bad), names.deadLettersOf(names.deduplicate()));
        });
    }

    private void once(Record<byte[], byte[]> record, Hop.Landed landed) {
        String identity = landed.identity();
        long time = landed.raw().record().timestamp();
        seen.note(time);
        clear();
        if (isRepeat(seen.get(identity), time)) {
            repeated.add(1);
            note(landed.raw().at());
            return;
        }
        seen.remove(identity);
        seen.put(identity, ByteBuffer.allocate(Long.BYTES).putLong(time).array());
        clear();
        TopicSection topics = config.topics();
        boolean labelled = topics.shared() || landed.labelled();
        context.forward(record, labelled ? names.readLabelled() : names.readUnlabelled());
    }

    /** Whether an event was let through at about that time; of a time that was not kept it is not known. */
    private boolean isRepeat(byte @Nullable [] then, long time) {
        return then != null
                && (then.length < Long.BYTES
                        || Math.abs((double) time - ByteBuffer.wrap(then).getLong())
                                <= config.labels().deduplicateMs());
    }

    /** What is left out here nobody else sees, and a scorer may wait for it to be read. */
    private void note(Origin at) {
        if (noted) {
            reads.of(SourceOffsets.partition(at)).noteAmongOthers(at.offset(), false);
        }
    }

    private void clear() {
        for (String oldest = seen.due(); oldest != null; oldest = seen.due()) {
            seen.remove(oldest);
        }
    }

    @Override
    public void close() {
        repeated.close();
        dead.close();
    }
}
