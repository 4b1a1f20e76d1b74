package io.credence.stream.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The registry answered that it has no usable Avro schema of that id: the record's fault. */
final class UnknownSchemaException extends SerializationException {
    UnknownSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
