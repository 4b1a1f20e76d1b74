package io.credence.stream.operate;

/** A model that cannot be read, kept or changed as asked. The message says in one sentence what it is about and why. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }

    ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
