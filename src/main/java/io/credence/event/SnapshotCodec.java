package io.credence.event;

import io.credence.feature.Outcome;
import io.credence.inference.LearnerState;

/** The stored bytes of a model: plain Avro binary of {@code PosteriorSnapshot}, no registry needed. */
public final class SnapshotCodec {
    private SnapshotCodec() {}

    /** The bytes of a state; equal states give equal bytes. */
    public static byte[] encode(LearnerState state) {
        throw new IllegalStateException("not yet");
    }

    /** The state of bytes of unknown quality. */
    public static Outcome<LearnerState> decode(byte[] bytes) {
        throw new IllegalStateException("not yet");
    }
}
