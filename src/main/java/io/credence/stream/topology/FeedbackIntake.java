package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.FeedbackReader;
import io.credence.stream.event.Notices;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the feedback topic: what they say goes into the notices topic, where the episodes of their model are
 * known, bad ones to the dead letters. No state.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class FeedbackIntake implements Processor<byte[], byte[], byte[], byte[]> {
    /** A record is carried whole in a notice, whose topic takes what topics usually take. */
    private static final int LARGEST = 65_536;

    private final CredenceConfig config;
    private final Names names;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], byte[]> context;
    private FeedbackDecoder reader;
    private CredenceSerde<AlertNotice> notices;
    private Counter dead;

    /** @param serdes of the graph's tasks */
    FeedbackIntake(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.names = Names.of(config);
        this.part = serdes.part();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        this.reader = new FeedbackDecoder(config, serdes);
        this.notices = serdes.own(AlertNotice.class);
        this.dead = Counter.of(context, Activity.DEAD, names.readFeedback(), config.prefix());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RawRecord raw = new RawRecord(record, Position.of(context));
        Outcome<FeedbackReader.Said> read = size(record) > LARGEST
                ? Outcome.reject(Reason.BAD_FEEDBACK, "the record is larger than " + LARGEST + " bytes")
                : reader.read(raw);
        read.take(said -> forward(said, raw), bad -> {
            dead.add(1);
            context.forward(DeadLetter.of(record, raw.at(), bad), names.deadLettersOf(names.readFeedback()));
        });
    }

    /** Of what goes into a notice; null is nothing. */
    private static long size(Record<byte[], byte[]> record) {
        long size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private void forward(FeedbackReader.Said said, RawRecord raw) {
        byte[] value = notices.serializer().serialize(config.topics().notices(), Notices.feedback(said, raw));
        context.forward(
                new Record<>(
                        said.modelKey().getBytes(StandardCharsets.UTF_8),
                        value,
                        raw.record().timestamp(),
                        new RecordHeaders()),
                names.noticesOf(names.readFeedback()));
    }

    @Override
    public void close() {
        dead.close();
        part.close();
    }
}
