package io.credence.stream.state;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stored bytes of one training example: a slot of the training ring or of the replay reservoir. All
 * numbers are little-endian.
 *
 * <pre>
 *  0  u8   format version: 2 if something was predicted of it before its label came, else 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  shape fingerprint
 * 13  i64  event time, milliseconds since the epoch
 * 21  f64  label
 * 29  i32  length, then UTF-8: event id
 *  …  features, as {@link FeatureBytes} draws them
 *  …  of version 2: what was predicted, as {@link ForetoldBytes} draws it
 * </pre>
 *
 * <p>The model key is part of the store's key.
 */
public final class ExampleFormat {
    private static final int PLAIN = 1;
    private static final int FORETOLD = 2;
    private static final int CORRECTION = 3;
    private static final String WHAT = "a stored training example";

    private ExampleFormat() {}

    /** The bytes of an example. */
    public static byte[] encode(Observation example, long fingerprint) {
        Observation.Replaced replaced = example.replaced();
        if (replaced != null) {
            return correction(example, replaced, fingerprint);
        }
        byte[] id = Frame.utf8(example.eventId());
        double[] features = example.features().values();
        Foretold prior = example.prior();
        int size = 3 * Long.BYTES + Frame.sizeOf(id) + FeatureBytes.sizeOf(features);
        ByteBuffer frame =
                prior == null ? Frame.create(PLAIN, size) : Frame.create(FORETOLD, size + ForetoldBytes.sizeOf(prior));
        frame.putLong(fingerprint).putLong(example.timestamp()).putDouble(example.label());
        Frame.putBytes(frame, id);
        FeatureBytes.put(frame, features);
        if (prior != null) {
            ForetoldBytes.put(frame, prior);
        }
        return Frame.seal(frame);
    }

    private static byte[] correction(Observation example, Observation.Replaced replaced, long fingerprint) {
        byte[] now = encode(plain(example, example.label(), example.prior()), fingerprint);
        byte[] before = encode(plain(example, replaced.label(), replaced.prior()), fingerprint);
        ByteBuffer frame = Frame.create(CORRECTION, Frame.sizeOf(now) + Frame.sizeOf(before));
        Frame.putBytes(frame, now);
        Frame.putBytes(frame, before);
        return Frame.seal(frame);
    }

    private static Observation plain(Observation event, double label, @Nullable Foretold prior) {
        return new Observation(event.modelKey(), event.eventId(), event.timestamp(), event.features(), label, prior);
    }

    /**
     * The example in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt, of an unknown version or of another shape
     */
    public static Observation decode(byte[] bytes, String modelKey, long fingerprint) {
        return Frame.read(
                WHAT,
                bytes,
                CORRECTION,
                body -> bytes[0] == CORRECTION
                        ? part(body, modelKey, fingerprint).correcting(part(body, modelKey, fingerprint))
                        : example(body, bytes[0], modelKey, fingerprint));
    }

    private static Observation part(ByteBuffer body, String modelKey, long fingerprint) {
        byte[] bytes = Frame.getBytes(body);
        return Frame.read(
                WHAT,
                bytes == null ? new byte[0] : bytes,
                FORETOLD,
                from -> example(from, bytes == null ? PLAIN : bytes[0], modelKey, fingerprint));
    }

    private static Observation example(ByteBuffer body, int version, String modelKey, long fingerprint) {
        long stored = body.getLong();
        if (stored != fingerprint) {
            throw StoredBytesException.otherShape(WHAT, stored, fingerprint);
        }
        long timestamp = body.getLong();
        double label = body.getDouble();
        String id = Frame.getText(body);
        FeatureVector features = new FeatureVector(FeatureBytes.get(body));
        Foretold prior = version == PLAIN ? null : ForetoldBytes.get(body);
        return new Observation(modelKey, id, timestamp, features, label, prior);
    }
}
