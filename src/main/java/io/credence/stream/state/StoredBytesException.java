package io.credence.stream.state;

import io.credence.bayes.inference.Shape;

/** Stored bytes that cannot be used. The message says why, and what to do about it. */
public final class StoredBytesException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final boolean lasting;

    private StoredBytesException(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** Whether the same bytes would be refused again: a restored copy may heal damage, but no other shape or version. */
    public boolean isLasting() {
        return lasting;
    }

    /** Bytes that a newer (or no) release of Credence wrote. */
    static StoredBytesException unknownVersion(String what, int version, int newest) {
        return new StoredBytesException(
                what + " has format version " + version + ", but this release reads up to " + newest
                        + ": run the release of Credence that wrote it, or a newer one",
                true);
    }

    /** Bytes that are not what was written. */
    static StoredBytesException corrupt(String what, String fault) {
        return new StoredBytesException(
                what + " is corrupt (" + fault
                        + "): restart to restore from the changelog; if it persists, reset the"
                        + " application so that it learns the training topic again",
                false);
    }

    /** Bytes of another model shape. */
    static StoredBytesException otherShape(String what, long stored, long expected) {
        return new StoredBytesException(
                what + " was made for another model shape (fingerprint "
                        + Long.toHexString(stored) + ", configured " + Long.toHexString(expected)
                        + "): restore the configuration of " + Shape.COVERED
                        + ", or choose a new application.id to learn from the beginning",
                true);
    }
}
