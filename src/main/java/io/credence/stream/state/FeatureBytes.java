package io.credence.stream.state;

import java.nio.ByteBuffer;

/**
 * The features of an example in stored bytes, each in as few as hold it exactly: a one-hot of 10,000 categories takes
 * 2.5 KB.
 *
 * <pre>
 *  0  i32  number n
 *  4  ⌈n/4⌉ bytes, 2 bits for each feature, lowest first: 0 zero, 1 a float32, 2 a float64, 3 missing
 *  …  the float32 and float64 that were announced, in order
 * </pre>
 */
final class FeatureBytes {
    private static final int ZERO = 0;
    private static final int SINGLE = 1;
    private static final int DOUBLE = 2;
    private static final int MISSING = 3;
    private static final int PER_BYTE = 4;

    private FeatureBytes() {}

    /** Bytes of features of which {@code wide} take a float64 and the others at most a float32. */
    static long atMost(long features, long wide) {
        return Integer.BYTES + codes(features) + wide * Double.BYTES + (features - wide) * Float.BYTES;
    }

    static int sizeOf(double[] features) {
        int size = Integer.BYTES + (int) codes(features.length);
        for (double x : features) {
            size += bytes(code(x));
        }
        return size;
    }

    static void put(ByteBuffer to, double[] features) {
        to.putInt(features.length);
        int codes = to.position();
        to.position(codes + (int) codes(features.length));
        for (int i = 0; i < features.length; i++) {
            int code = code(features[i]);
            int at = codes + i / PER_BYTE;
            to.put(at, (byte) (to.get(at) | code << shift(i)));
            if (code == SINGLE) {
                to.putFloat((float) features[i]);
            } else if (code == DOUBLE) {
                to.putDouble(features[i]);
            }
        }
    }

    static double[] get(ByteBuffer from) {
        int n = from.getInt();
        if (n < 0 || codes(n) > from.remaining()) {
            throw new IllegalArgumentException("it says that " + n + " features follow");
        }
        double[] features = new double[n];
        int codes = from.position();
        from.position(codes + (int) codes(n));
        for (int i = 0; i < n; i++) {
            features[i] = switch (from.get(codes + i / PER_BYTE) >> shift(i) & MISSING) {
                case ZERO -> 0;
                case SINGLE -> from.getFloat();
                case DOUBLE -> from.getDouble();
                default -> Double.NaN;
            };
        }
        return features;
    }

    private static long codes(long features) {
        return (features + PER_BYTE - 1) / PER_BYTE;
    }

    private static int shift(int feature) {
        return 2 * (feature % PER_BYTE);
    }

    private static int code(double x) {
        if (Double.isNaN(x)) {
            return MISSING;
        }
        if (Double.doubleToRawLongBits(x) == 0) {
            return ZERO;
        }
        return (float) x == x ? SINGLE : DOUBLE;
    }

    private static int bytes(int code) {
        return code == SINGLE ? Float.BYTES : code == DOUBLE ? Double.BYTES : 0;
    }
}
