package io.credence.stream.state;

import io.credence.bayes.feature.Foretold;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was predicted of an event, in stored bytes.
 *
 * <pre>
 *  0  i64  epoch of the version
 *  8  i64  step
 * 16  f64  mean
 * 24  f64  deviation
 * 32  f64  probability of a smaller label
 * 40  f64  log score
 * 48  i32  number of intervals, then for each
 *          f64  lower end
 *          f64  upper end
 * </pre>
 */
final class ForetoldBytes {
    private ForetoldBytes() {}

    static int sizeOf(Foretold then) {
        return 6 * Long.BYTES + Integer.BYTES + 2 * Double.BYTES * then.lower().size();
    }

    static void put(ByteBuffer to, Foretold then) {
        to.putLong(then.epoch())
                .putLong(then.step())
                .putDouble(then.mean())
                .putDouble(then.deviation())
                .putDouble(then.pit())
                .putDouble(then.logScore())
                .putInt(then.lower().size());
        for (int i = 0; i < then.lower().size(); i++) {
            to.putDouble(then.lower().get(i)).putDouble(then.upper().get(i));
        }
    }

    static Foretold get(ByteBuffer from) {
        long epoch = from.getLong();
        long step = from.getLong();
        double mean = from.getDouble();
        double deviation = from.getDouble();
        double pit = from.getDouble();
        double logScore = from.getDouble();
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (int n = Frame.getLength(from, 2 * Double.BYTES); n > 0; n--) {
            lower.add(from.getDouble());
            upper.add(from.getDouble());
        }
        return new Foretold(epoch, step, mean, deviation, lower, upper, pit, logScore);
    }
}
