package io.credence.stream.state;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import java.nio.ByteBuffer;

/**
 * The stored bytes of one training example: a slot of the training ring or of the replay reservoir. All
 * numbers are little-endian.
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  shape fingerprint
 * 13  i64  event time, milliseconds since the epoch
 * 21  f64  label
 * 29  i32  length, then UTF-8: event id
 *  …  features, as {@link FeatureBytes} draws them
 * </pre>
 *
 * <p>The model key is part of the store's key.
 */
public final class ExampleFormat {
    private static final int VERSION = 1;
    private static final String WHAT = "a stored training example";

    private ExampleFormat() {}

    /** The bytes of an example. */
    public static byte[] encode(Observation example, long fingerprint) {
        byte[] id = Frame.utf8(example.eventId());
        double[] features = example.features().values();
        int size = 3 * Long.BYTES + Frame.sizeOf(id) + FeatureBytes.sizeOf(features);
        ByteBuffer frame = Frame.create(VERSION, size)
                .putLong(fingerprint)
                .putLong(example.timestamp())
                .putDouble(example.label());
        Frame.putBytes(frame, id);
        FeatureBytes.put(frame, features);
        return Frame.seal(frame);
    }

    /**
     * The example in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt, of an unknown version or of another shape
     */
    public static Observation decode(byte[] bytes, String modelKey, long fingerprint) {
        return Frame.read(WHAT, bytes, VERSION, body -> example(body, modelKey, fingerprint));
    }

    private static Observation example(ByteBuffer body, String modelKey, long fingerprint) {
        long stored = body.getLong();
        if (stored != fingerprint) {
            throw StoredBytesException.otherShape(WHAT, stored, fingerprint);
        }
        long timestamp = body.getLong();
        double label = body.getDouble();
        String id = Frame.getText(body);
        return new Observation(modelKey, id, timestamp, new FeatureVector(FeatureBytes.get(body)), label);
    }
}
