package io.credence.stream.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The registry does not have, or does not take, the schema that a record is to be written with. */
final class SchemaRefusedException extends SerializationException {
    SchemaRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
