package io.credence.stream.state;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.PosteriorSnapshot;
import io.credence.stream.wire.BoundedDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * The stored bytes of a model: plain Avro binary of {@code PosteriorSnapshot}, no registry needed.
 *
 * <p>Format {@link #FORMAT} is that binary in the schema as it stands. After a release, a later schema gets a higher
 * number, and this class keeps the older schemas to read what they wrote.
 */
public final class SnapshotCodec {
    /** The number of the form that {@link #encode} writes. */
    public static final int FORMAT = 1;

    private SnapshotCodec() {}

    /** The bytes of a state; equal states give equal bytes. */
    public static byte[] encode(LearnerState state) {
        PosteriorSnapshot snapshot = new PosteriorSnapshot(
                state.modelKey(),
                state.fingerprint(),
                state.version().epoch(),
                state.version().step(),
                state.events(),
                state.rejected(),
                bytes(state.iterateMu()),
                bytes(state.iterateRho()),
                bytes(state.mu()),
                bytes(state.rho()),
                bytes(state.optimiser()),
                bytes(state.anchorMu()),
                bytes(state.anchorRho()),
                bytes(state.pastMu()),
                bytes(state.lastLayer()),
                list(state.observationNoise()),
                list(state.drift()),
                list(state.standardisation()),
                list(state.counters()),
                list(state.memory()),
                list(state.calibration()),
                list(state.seen()),
                list(state.flags()),
                list(state.labelBounds()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + 8 * Float.BYTES * state.mu().length);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<>(PosteriorSnapshot.class).write(snapshot, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** The state of bytes of unknown quality. */
    public static Outcome<LearnerState> decode(byte[] bytes) {
        BoundedDecoder decoder = new BoundedDecoder(bytes, 0);
        try {
            @SuppressWarnings("NullAway") // Avro takes null for "nothing to reuse".
            PosteriorSnapshot snapshot = new SpecificDatumReader<>(PosteriorSnapshot.class).read(null, decoder);
            return decoder.remaining() == 0
                    ? Outcome.of(state(snapshot))
                    : corrupt(decoder.remaining() + " bytes are left over");
        } catch (IOException | RuntimeException e) {
            return corrupt(String.valueOf(e.getMessage()));
        }
    }

    private static LearnerState state(PosteriorSnapshot s) throws IOException {
        return new LearnerState(
                s.getModelKey(),
                s.getFingerprint(),
                new ModelVersion(s.getEpoch(), s.getStep()),
                s.getEvents(),
                s.getRejected(),
                floats(s.getIterateMu()),
                floats(s.getIterateRho()),
                floats(s.getMu()),
                floats(s.getRho()),
                floats(s.getOptimiser()),
                floats(s.getAnchorMu()),
                floats(s.getAnchorRho()),
                floats(s.getPastMu()),
                floats(s.getLastLayer()),
                array(s.getObservationNoise()),
                array(s.getDrift()),
                array(s.getStandardisation()),
                array(s.getCounters()),
                array(s.getMemory()),
                array(s.getCalibration()),
                array(s.getSeen()),
                array(s.getFlags()),
                array(s.getLabelBounds()));
    }

    private static <T> Outcome<T> corrupt(String why) {
        return Outcome.reject(Reason.UNDECODABLE, "not a posterior snapshot: " + why);
    }

    private static ByteBuffer bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.order(ByteOrder.BIG_ENDIAN);
    }

    private static float[] floats(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() % Float.BYTES != 0) {
            throw new IOException("a vector of floats takes " + bytes.remaining() + " bytes");
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
