package io.credence.stream.config;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** The largest record that the producer sends, and what follows from it for the parts of a model. */
final class RecordLimit {
    static final String KEY = StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    private static final int KAFKAS_DEFAULT = 1024 * 1024;
    private static final int LEAST = 2048;

    private RecordLimit() {}

    /**
     * The limit, bytes.
     *
     * @throws ConfigException if it is too small for our own records
     */
    static int of(Map<String, Object> settings) {
        Object written = settings.getOrDefault(KEY, settings.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ""));
        String text = written.toString().trim();
        if (text.isEmpty()) {
            return KAFKAS_DEFAULT;
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
        return (int) Math.min(PublishSection.USUAL_CHUNK_BYTES, 3L * limit / 4);
    }
}
