package io.credence.stream.wire;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a value's schema is named: Confluent's three strategies. */
enum SubjectNaming {
    /** {@code <topic>-value}. */
    TOPIC("TopicNameStrategy"),
    /** The record's full name. */
    RECORD("RecordNameStrategy"),
    /** {@code <topic>-<record's full name>}. */
    TOPIC_RECORD("TopicRecordNameStrategy");

    private final String strategy;

    SubjectNaming(String strategy) {
        this.strategy = strategy;
    }

    /** The strategy of a class name, with or without its package. */
    static SubjectNaming of(String key, String name) {
        String simple = name.trim().substring(name.trim().lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(n -> n.strategy.equals(simple))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        key,
                        name,
                        "allowed are "
                                + Arrays.stream(values()).map(n -> n.strategy).toList()));
    }

    String subject(String topic, Schema schema) {
        return switch (this) {
            case TOPIC -> topic + "-value";
            case RECORD -> schema.getFullName();
            case TOPIC_RECORD -> topic + "-" + schema.getFullName();
        };
    }
}
