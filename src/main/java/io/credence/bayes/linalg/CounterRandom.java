package io.credence.bayes.linalg;

import java.nio.charset.StandardCharsets;

/**
 * A counter-based generator of random numbers: a stream of uniform and standard normal numbers that depends on its key alone.
 *
 * <p>The key is (seed, model, step, purpose); no state outlives a step, so a learner that resumes at a step draws what
 * it would have drawn.
 */
public final class CounterRandom {
    /*
     * Bits: SplitMix64 (Steele, Lea &amp; Flood 2014), a hash of a counter. Normals: the ziggurat of Marsaglia &amp; Tsang
     * (2000) in Doornik's (2005) form, 128 layers, tables from StrictMath so that they are the same everywhere. About
     * 1.2 hashes and 5 ns a number.
     */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int LAYERS = 128;
    private static final double R = 3.442619855899;
    private static final double V = 9.91256303526217e-3;
    private static final double[] X = new double[LAYERS + 1];
    private static final double[] RATIO = new double[LAYERS];
    private static final double[] DENSITY = new double[LAYERS + 1];

    static {
        double f = StrictMath.exp(-0.5 * R * R);
        X[0] = V / f;
        X[1] = R;
        for (int i = 2; i < LAYERS; i++) {
            X[i] = StrictMath.sqrt(-2 * StrictMath.log(V / X[i - 1] + f));
            f = StrictMath.exp(-0.5 * X[i] * X[i]);
        }
        X[LAYERS] = 0;
        for (int i = 0; i < LAYERS; i++) {
            RATIO[i] = X[i + 1] / X[i];
        }
        for (int i = 0; i <= LAYERS; i++) {
            DENSITY[i] = StrictMath.exp(-0.5 * X[i] * X[i]);
        }
    }

    private long counter;

    private CounterRandom(long key) {
        this.counter = key;
    }

    /** The stream of a key. */
    public static CounterRandom of(long seed, long model, long step, int purpose) {
        return new CounterRandom(mix(mix(mix(mix(seed) ^ model) + GOLDEN * step) ^ purpose));
    }

    /** A hash of a name, for use as part of a key. */
    public static long hash(String name) {
        long h = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(h);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    private long bits() {
        counter += GOLDEN;
        return mix(counter);
    }

    /** A uniform number in (0, 1). */
    public double uniform() {
        return ((bits() >>> 12) + 0.5) * 0x1p-52;
    }

    /** A uniform whole number from 0 to {@code bound} − 1. */
    public long below(long bound) {
        return Math.multiplyHigh(bits() >>> 1, bound << 1);
    }

    /** A standard normal number. */
    public double gaussian() {
        while (true) {
            long z = bits();
            double u = (z >> 11) * 0x1p-52;
            int i = (int) z & (LAYERS - 1);
            if (Math.abs(u) < RATIO[i]) {
                return u * X[i];
            }
            if (i == 0) {
                return tail(u < 0);
            }
            double x = u * X[i];
            if (DENSITY[i + 1] + uniform() * (DENSITY[i] - DENSITY[i + 1]) < FastMath.exp(-0.5 * x * x)) {
                return x;
            }
        }
    }

    private double tail(boolean negative) {
        double x;
        double y;
        do {
            x = StrictMath.log(uniform()) / R;
            y = StrictMath.log(uniform());
        } while (-2 * y < x * x);
        return negative ? x - R : R - x;
    }

    /** Fills the first {@code n} places with standard normal numbers. */
    public void fill(float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = (float) gaussian();
        }
    }
}
