package io.credence.stream.topology;

import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Where the current record lies. */
final class Position {
    private Position() {}

    /** @throws IllegalStateException outside of {@code process()} */
    static Origin of(ProcessingContext context) {
        return context.recordMetadata()
                .map(m -> new Origin(m.topic(), m.partition(), m.offset()))
                .orElseThrow(() -> new IllegalStateException("no record is being processed"));
    }
}
