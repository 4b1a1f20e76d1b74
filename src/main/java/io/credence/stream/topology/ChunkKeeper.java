package io.credence.stream.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the raw chunks of the published models in the global store.
 *
 * <p>It must never throw, because the global thread is not replaced: what cannot be a chunk is counted and ignored, and
 * nothing is decoded here, because that may need the registry. Readers assemble only what agrees.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class ChunkKeeper implements Processor<Bytes, byte[], Void, Void> {
    /** Counter of records on the posteriors topic that were ignored. */
    static final String MALFORMED = "malformed-posterior-records";

    private static final int WIRE_HEADER = 5;

    private final Names names;
    private KeyValueStore<Bytes, byte[]> store;
    private Sensor malformed;

    ChunkKeeper(Names names) {
        this.names = names;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(names.posteriorsGlobal());
        malformed = context.metrics().addSensor("credence-" + names.prefix() + MALFORMED, Sensor.RecordingLevel.INFO);
        malformed.add(
                new MetricName(
                        MALFORMED,
                        Names.METRICS_GROUP,
                        "Records on the posteriors topic that are no chunk of a model",
                        JmxGauges.tags(names.prefix())),
                new CumulativeCount());
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (!isChunkKey(record.key()) || !mayBeChunk(record.value())) {
            malformed.record();
        } else if (record.value() == null) {
            store.delete(record.key());
        } else {
            store.put(record.key(), record.value());
        }
    }

    private static boolean isChunkKey(@Nullable Bytes key) {
        if (key == null) {
            return false;
        }
        String text = new String(key.get(), StandardCharsets.UTF_8);
        int slash = text.lastIndexOf('/');
        String index = text.substring(slash + 1);
        return slash >= 0 && !index.isEmpty() && index.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean mayBeChunk(byte @Nullable [] value) {
        return value == null || (value.length > WIRE_HEADER && value[0] == 0);
    }
}
