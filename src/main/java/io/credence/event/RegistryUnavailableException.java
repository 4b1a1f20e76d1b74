package io.credence.event;

import org.apache.kafka.common.errors.TimeoutException;

/** The registry could not be asked now: no fault of the record, so never a dead letter. Trying again later may help. */
public final class RegistryUnavailableException extends TimeoutException {
    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
