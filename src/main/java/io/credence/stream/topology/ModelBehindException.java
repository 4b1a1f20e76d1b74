package io.credence.stream.topology;

/**
 * Only an older version of a model is to be had than one that was used before in this partition. Trying again later may
 * help; scoring with it would break the order of versions.
 */
public final class ModelBehindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message which model, both versions, and what to do if the newer one is gone for good */
    public ModelBehindException(String message) {
        super(message);
    }
}
