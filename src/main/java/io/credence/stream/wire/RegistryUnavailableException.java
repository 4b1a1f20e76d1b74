package io.credence.stream.wire;

import org.apache.kafka.common.errors.TimeoutException;

/** The registry could not be asked now: no fault of the record, so never a dead letter. Trying again later may help. */
public final class RegistryUnavailableException extends TimeoutException {
    /**
     * @param message which registry, what was asked of it, and why there is no answer
     * @param cause what the client or the serde threw
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
