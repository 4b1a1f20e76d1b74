package io.credence.stream.topology;

import io.credence.bayes.feature.Rejection;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, as it goes to the dead-letter topic: its own key, value, timestamp and headers, plus
 * headers that say why and where it came from. Header values are UTF-8 text.
 */
public final class DeadLetter {
    /** Name of a {@link Rejection.Reason}. */
    public static final String REASON = "credence.dlq.reason";
    /** One sentence for people. */
    public static final String DETAIL = "credence.dlq.detail";
    /** The topic that the record was read from. */
    public static final String TOPIC = "credence.dlq.topic";
    /** Its partition there. */
    public static final String PARTITION = "credence.dlq.partition";
    /** Its offset there. */
    public static final String OFFSET = "credence.dlq.offset";
    /** Its timestamp there, milliseconds since the epoch. */
    public static final String TIMESTAMP = "credence.dlq.timestamp";

    /** Characters. */
    private static final int LONGEST = 2_000;

    private DeadLetter() {}

    /**
     * The dead letter of a record.
     *
     * @param record the record as it was read; its own headers are not changed
     * @param at where it was read
     * @param rejection why it could not be used
     */
    static Record<byte @Nullable [], byte @Nullable []> of(
            Record<byte @Nullable [], byte @Nullable []> record, Origin at, Rejection rejection) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, REASON, rejection.reason().name());
        put(headers, DETAIL, shortened(rejection.detail()));
        put(headers, TOPIC, at.topic());
        put(headers, PARTITION, Integer.toString(at.partition()));
        put(headers, OFFSET, Long.toString(at.offset()));
        put(headers, TIMESTAMP, Long.toString(record.timestamp()));
        return new Record<>(record.key(), record.value(), record.timestamp(), headers);
    }

    /** What is wrong may be how long a value is: the letter must not grow by it. */
    private static String shortened(String detail) {
        return detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST) + "…";
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
