package io.credence.stream.state;

import io.credence.bayes.inference.LearnerState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of what a model has learned: equal digests, equal models, bit by bit. The digested bytes, version 1; all
 * numbers are little-endian.
 *
 * <pre>
 *  0  u8   version of this layout, 1
 *  1  i64  shape fingerprint
 *  9  i64  step
 * 17  i64  events
 * 25  i64  rejected
 * 33  i32  length, then UTF-8: model key
 *  …  i32  number, then float32 each: iterateMu, iterateRho, mu, rho, optimiser; one after the other
 *  …  i32  number, then float64 each: observationNoise, drift, standardisation, counters; one after the other
 * </pre>
 *
 * <p>The epoch is left out: an imported model has the digest that it was exported with. Nothing of the form in which a
 * model is stored or published enters.
 */
public final class StateDigest {
    private static final byte VERSION = 1;

    /* An import changes the parts after these: the prior of what comes, and the memory. */
    private static final int LEARNED_WEIGHTS = 5;
    private static final int LEARNED_STATISTICS = 4;

    private StateDigest() {}

    /** The digest of a state as 64 hexadecimal digits. */
    public static String of(LearnerState state) {
        MessageDigest sha = sha256();
        byte[] key = Frame.utf8(state.modelKey());
        ByteBuffer head = buffer(1 + 4 * Long.BYTES + Frame.sizeOf(key))
                .put(VERSION)
                .putLong(state.fingerprint())
                .putLong(state.version().step())
                .putLong(state.events())
                .putLong(state.rejected());
        Frame.putBytes(head, key);
        sha.update(head.array());
        state.weights().subList(0, LEARNED_WEIGHTS).forEach(part -> add(sha, part));
        state.statistics().subList(0, LEARNED_STATISTICS).forEach(part -> add(sha, part));
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, float[] numbers) {
        ByteBuffer bytes = buffer(Integer.BYTES + numbers.length * Float.BYTES);
        BulkNumbers.put(bytes, numbers);
        sha.update(bytes.array());
    }

    private static void add(MessageDigest sha, double[] numbers) {
        ByteBuffer bytes = buffer(Integer.BYTES + numbers.length * Double.BYTES);
        BulkNumbers.put(bytes, numbers);
        sha.update(bytes.array());
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
