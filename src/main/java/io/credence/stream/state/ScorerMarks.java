package io.credence.stream.state;

import io.credence.bayes.alert.RunningMedian;

/**
 * What a scoring task remembers of a model: the last version that it used, and the running median of the deviations.
 *
 * @param epoch epoch of the last used version, −1 before the first
 * @param step step of the last used version
 * @param median running median of the predictive deviations
 */
public record ScorerMarks(long epoch, long step, RunningMedian median) {
    /** Nothing scored. */
    public static final ScorerMarks NONE = new ScorerMarks(-1, -1, RunningMedian.empty());

    /** Whether version (epoch, step) would be a step back. */
    public boolean isAfter(long otherEpoch, long otherStep) {
        return epoch > otherEpoch || (epoch == otherEpoch && step > otherStep);
    }

    /**
     * The stored bytes, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  i64  epoch
     * 13  i64  step
     * 21  f64  logarithm of the median
     * 29  i64  count of the median
     * </pre>
     */
    public byte[] encode() {
        return Frame.seal(Frame.create(1, 4 * Long.BYTES)
                .putLong(epoch)
                .putLong(step)
                .putDouble(median.logMedian())
                .putLong(median.count()));
    }

    /**
     * The marks in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static ScorerMarks decode(byte[] bytes) {
        return Frame.read(
                "the stored mark of the last used model",
                bytes,
                1,
                body -> new ScorerMarks(
                        body.getLong(), body.getLong(), new RunningMedian(body.getDouble(), body.getLong())));
    }
}
