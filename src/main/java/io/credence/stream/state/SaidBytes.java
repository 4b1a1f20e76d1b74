package io.credence.stream.state;

import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Hindsight;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What was predicted of an event that waits for its label, in stored bytes.
 *
 * <pre>
 *  0  i64  epoch of the version
 *  8  i64  step
 * 16  u8   1 for a count, else 0
 * 17  f64  mean
 * 25  f64  epistemic variance
 * 33  f64  aleatoric variance
 *  …  i32  number, then f64: lower ends
 *  …  i32  number, then f64: upper ends
 *  …  i32  number, then f64: probabilities of the classes
 *  …  i32  number, then f64: calibration
 * </pre>
 */
final class SaidBytes {
    private static final int FIXED = 5 * Long.BYTES + 1;

    private SaidBytes() {}

    static int sizeOf(Asked.Said said) {
        Prediction p = said.prediction();
        int numbers = 2 * Hindsight.lower(p).size() + p.probabilities().length + Hindsight.calibration(p).length;
        return FIXED + 4 * Integer.BYTES + numbers * Double.BYTES;
    }

    static void put(ByteBuffer to, Asked.Said said) {
        Prediction p = said.prediction();
        to.putLong(said.by().epoch())
                .putLong(said.by().step())
                .put((byte) (p instanceof CountPrediction ? 1 : 0))
                .putDouble(p.mean())
                .putDouble(p.epistemicVariance())
                .putDouble(p.aleatoricVariance());
        putAll(to, array(Hindsight.lower(p)));
        putAll(to, array(Hindsight.upper(p)));
        putAll(to, p.probabilities());
        putAll(to, Hindsight.calibration(p));
    }

    static Asked.Said get(ByteBuffer from) {
        ModelVersion by = new ModelVersion(from.getLong(), from.getLong());
        boolean counts = from.get() != 0;
        double mean = from.getDouble();
        double epistemic = from.getDouble();
        double aleatoric = from.getDouble();
        List<Double> lower = DoubleStream.of(getAll(from)).boxed().toList();
        List<Double> upper = DoubleStream.of(getAll(from)).boxed().toList();
        double[] probabilities = getAll(from);
        double[] calibration = getAll(from);
        return new Asked.Said(
                by, Hindsight.kept(counts, mean, epistemic, aleatoric, lower, upper, probabilities, calibration));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void putAll(ByteBuffer to, double[] values) {
        to.putInt(values.length);
        for (double value : values) {
            to.putDouble(value);
        }
    }

    private static double[] getAll(ByteBuffer from) {
        double[] values = new double[Frame.getLength(from, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.getDouble();
        }
        return values;
    }
}
