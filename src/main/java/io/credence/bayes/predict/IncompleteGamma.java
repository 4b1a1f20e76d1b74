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

    private final double shape;
    private final double logGamma;

    IncompleteGamma(double shape) {
        this.shape = shape;
        this.logGamma = shape < NEARLY_NORMAL ? LogGamma.of(shape) : 0;
    }

    /** P(G &gt; x). */
    double above(double x) {
        if (!(x > 0)) {
            return 1;
        }
        if (shape >= NEARLY_NORMAL) {
            return Normal.above((Math.cbrt(x / shape) - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape));
        }
        double front = Math.exp(shape * Math.log(x) - x - logGamma);
        return x < shape + 1 ? 1 - front * series(x) : front / fraction(x);
    }

    /** The x with P(G &gt; x) = tail, 0 &lt; tail &lt; 1. */
    double quantile(double tail) {
        double z = -Quantiles.normal(tail);
        double root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
        double guess = shape * root * root * root;
        return shape >= NEARLY_NORMAL ? Math.max(0, guess) : bracketed(tail, guess);
    }

    /** Newton's steps for the tail, within what is known to hold the quantile. */
    private double bracketed(double tail, double guess) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double small = Math.exp((Math.log1p(-tail) + Math.log(shape) + logGamma) / shape);
        double x = Math.max(TINY, guess > 0 ? guess : small);
        for (int i = 0; i < 50; i++) {
            double gap = above(x) - tail;
            low = gap > 0 ? x : low;
            high = gap > 0 ? high : x;
            double density = Math.exp((shape - 1) * Math.log(x) - x - logGamma);
            double next = x + gap / density;
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
