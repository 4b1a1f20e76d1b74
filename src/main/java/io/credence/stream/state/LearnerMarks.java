package io.credence.stream.state;

import io.credence.bayes.predict.ModelVersion;

/**
 * What the learner remembers of its last publication of a model.
 *
 * @param version the published version
 * @param logged examples that the training ring had taken by then
 */
public record LearnerMarks(ModelVersion version, long logged) {
    /** Nothing published: the prior never is. */
    public static final LearnerMarks NONE = new LearnerMarks(ModelVersion.PRIOR, 0);

    /**
     * The stored bytes, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  i64  epoch
     * 13  i64  step
     * 21  i64  logged
     * </pre>
     */
    public byte[] encode() {
        return Frame.seal(Frame.create(1, 3 * Long.BYTES)
                .putLong(version.epoch())
                .putLong(version.step())
                .putLong(logged));
    }

    /**
     * The marks in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static LearnerMarks decode(byte[] bytes) {
        return Frame.read(
                "the stored mark of the last published model",
                bytes,
                1,
                body -> new LearnerMarks(new ModelVersion(body.getLong(), body.getLong()), body.getLong()));
    }
}
