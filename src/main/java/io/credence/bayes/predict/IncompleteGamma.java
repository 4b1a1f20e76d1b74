package io.credence.bayes.predict;

import io.credence.bayes.network.LogGamma;

/**
 * The upper tail of a gamma distribution with a certain shape and scale 1.
 *
 * <p>Series and continued fraction (Abramowitz and Stegun 6.5.29, 6.5.31); from shape {@value #NEARLY_NORMAL} on the cube
 * root is normal to a few parts in a million (Wilson and Hilferty 1931).
 */
final class IncompleteGamma {
    private static final double NEARLY_NORMAL = 400;
    private static final double PRECISION = 1e-13;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 1000;
    private static final int MOST_STEPS = 100;

    private final double shape;
    private final double logGamma;

    IncompleteGamma(double shape) {
        this.shape = shape;
        this.logGamma = shape < NEARLY_NORMAL ? LogGamma.of(shape) : 0;
    }

    /** P(G &gt; x). */
    double above(double x) {
        return tail(x, true);
    }

    /** P(G ≤ x). */
    double below(double x) {
        return tail(x, false);
    }

    private double tail(double x, boolean upper) {
        if (!(x > 0)) {
            return upper ? 1 : 0;
        }
        if (shape >= NEARLY_NORMAL) {
            double z = (Math.cbrt(x / shape) - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape);
            return Normal.above(upper ? z : -z);
        }
        double front = Math.exp(shape * Math.log(x) - x - logGamma);
        boolean low = x < shape + 1;
        double part = low ? front * series(x) : front / fraction(x);
        return low == upper ? 1 - part : part;
    }

    /** The x with P(G ≤ x) = Φ(z). */
    double quantile(double z) {
        double root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
        double guess = shape * root * root * root;
        return shape >= NEARLY_NORMAL ? Math.max(0, guess) : bracketed(z, guess);
    }

    /** Newton's steps for the logarithm of the smaller tail, within what is known to hold the quantile. */
    private double bracketed(double z, double guess) {
        boolean upper = z > 0;
        double tail = Normal.above(Math.abs(z));
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double small = Math.exp((Math.log(upper ? 1 - tail : tail) + Math.log(shape) + logGamma) / shape);
        double x = Math.max(TINY, guess > 0 ? guess : small);
        for (int i = 0; i < MOST_STEPS; i++) {
            double there = tail(x, upper);
            boolean lower = upper ? there > tail : there < tail;
            low = lower ? x : low;
            high = lower ? high : x;
            double density = Math.exp((shape - 1) * Math.log(x) - x - logGamma);
            double gap = there * Math.log(there / tail) / density;
            double next = upper ? x + gap : x - gap;
            if (!(next > low && next < high)) {
                next = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * x + 1;
            }
            if (Math.abs(next - x) <= 1e-6 * x) {
                return next;
            }
            x = next;
        }
        return x;
    }

    private double series(double x) {
        double term = 1 / shape;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > PRECISION * sum; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        return sum;
    }

    /** By Lentz's method. */
    private double fraction(double x) {
        double b = x + 1 - shape;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = b;
        for (int n = 1; n < MOST_TERMS; n++) {
            double a = -n * (n - shape);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            double factor = c * d;
            h /= factor;
            if (Math.abs(factor - 1) < PRECISION) {
                break;
            }
        }
        return h;
    }
}
