package io.credence.bayes.predict;

import io.credence.bayes.network.LogGamma;

/**
 * The probabilities of single counts: negative binomial, or Poisson where the variance is not above the mean.
 *
 * <p>By deviances and the error of Stirling's formula (Loader 2000, "Fast and accurate computation of binomial
 * probabilities"): differences of log Γ lose all digits where the shape is large, which is where counts are nearly Poisson.
 */
final class CountMass {
    private static final double POISSON_LIMIT = 1e-12;
    private static final double CLOSE = 0.1;
    private static final double STIRLING = 15;
    private static final double ROOT = 0.5 * Math.log(2 * Math.PI);

    private final double mean;
    /** r = m²/(v − m); infinite for the Poisson. */
    private final double shape;

    CountMass(double mean, double variance) {
        this.mean = mean;
        this.shape =
                variance - mean <= POISSON_LIMIT * mean ? Double.POSITIVE_INFINITY : mean * mean / (variance - mean);
    }

    /** log P(k), nats. */
    double log(double k) {
        if (k == 0) {
            return shape == Double.POSITIVE_INFINITY ? -mean : -shape * Math.log1p(mean / shape);
        }
        if (shape == Double.POSITIVE_INFINITY) {
            return -stirlingError(k) - deviance(k, mean) - ROOT - 0.5 * Math.log(k);
        }
        double n = shape + k;
        return stirlingError(n)
                - stirlingError(shape)
                - stirlingError(k)
                - deviance(shape, n * (shape / (shape + mean)))
                - deviance(k, n * (mean / (shape + mean)))
                - ROOT
                - 0.5 * (Math.log(k) + Math.log1p(k / shape));
    }

    /** P(k + 1)/P(k). */
    double ratio(double k) {
        return shape == Double.POSITIVE_INFINITY ? mean / (k + 1) : (k + shape) / (k + 1) * (mean / (mean + shape));
    }

    /** x·log(x/m) + m − x, without cancelling where x is near m. */
    private static double deviance(double x, double m) {
        double v = (x - m) / (x + m);
        if (Math.abs(v) >= CLOSE) {
            return x * Math.log(x / m) + m - x;
        }
        double sum = (x - m) * v;
        double power = 2 * x * v;
        for (int i = 3; i < 100; i += 2) {
            power *= v * v;
            double next = sum + power / i;
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }

    /** log Γ(n + 1) − (n + ½)·log n + n − ½·log 2π. */
    private static double stirlingError(double n) {
        if (n <= STIRLING) {
            return LogGamma.of(n + 1) - (n + 0.5) * Math.log(n) + n - ROOT;
        }
        double s = 1 / (n * n);
        return (1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0 - s / 1188)))) / n;
    }
}
