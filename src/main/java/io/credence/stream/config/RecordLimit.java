package io.credence.stream.config;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How large records may be: those that come, those that go, and the parts of a model.
 *
 * <p>An input record is of up to {@link #USUAL} bytes, which is what Kafka's producers send and its topics take unless
 * somebody sets more. We write it on with a prediction, headers or its coordinates, and one that cannot be written would
 * stop the service for ever: so our producers, topics and changelogs take {@link #ENLARGED}. What we cut ourselves, the
 * parts of a model, stays below the smaller limit all the same, since the topics may be there already, made with Kafka's
 * defaults.
 */
public final class RecordLimit {
    /** The largest record by Kafka's defaults, bytes. */
    public static final int USUAL = 1024 * 1024;

    /** The largest record that we write unless the user sets another limit, bytes: as large as the input, and ours. */
    public static final int ENLARGED = 2 * USUAL;

    /** Payload of a model's part where nothing limits records further, bytes: well below the usual limit. */
    public static final int USUAL_CHUNK = USUAL / 2;

    static final String KEY = StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    private static final int LEAST = 2048;

    private RecordLimit() {}

    /**
     * The limit of the records that we make, bytes: what the user set for the producer, else the usual one.
     *
     * @throws ConfigException if it is too small for our own records
     */
    static int of(Map<String, Object> settings) {
        Object written = settings.getOrDefault(KEY, settings.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ""));
        String text = written.toString().trim();
        if (text.isEmpty()) {
            return USUAL;
        }
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConfigException(KEY, written, "must be a whole number of bytes");
        }
        if (limit < LEAST) {
            throw new ConfigException(KEY, written, "must be at least " + LEAST + ", for our own records");
        }
        return limit;
    }

    /** A quarter of the limit is left to key, header and framing. */
    static int chunk(int limit) {
        return (int) Math.min(USUAL_CHUNK, 3L * limit / 4);
    }
}
