package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.state.ArrivalStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets each event through once: the same id and kind again, within the time that is looked back, is counted and left out. A
 * fold of the records of one partition of the events topic.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class DeduplicateProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final byte[] NOTHING = {};

    private final CredenceConfig config;
    private final Names names;
    private ProcessorContext<byte[], byte[]> context;
    private ArrivalStore seen;
    private Counter repeated;
    private Counter dead;

    DeduplicateProcessor(CredenceConfig config) {
        this.config = config;
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
        seen.note(landed.raw().record().timestamp());
        clear();
        if (seen.isFresh(identity)) {
            repeated.add(1);
            return;
        }
        seen.remove(identity);
        seen.put(identity, NOTHING);
        clear();
        TopicSection topics = config.topics();
        boolean labelled = topics.shared() || landed.labelled();
        context.forward(record, labelled ? names.readLabelled() : names.readUnlabelled());
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
