package io.credence.stream.serve;

/** The service cannot start: its message is one sentence naming what and where. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence */
    public StartupException(String message) {
        super(message);
    }

    /** @param message one sentence */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
