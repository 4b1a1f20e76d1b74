package io.credence.bayes.predict;

/** Shannon entropy in nats. */
final class Entropy {
    private Entropy() {}

    static double of(double[] p) {
        double sum = 0;
        for (double q : p) {
            sum += term(q);
        }
        return sum;
    }

    static double binary(double p) {
        return term(p) + term(1 - p);
    }

    private static double term(double q) {
        return q > 0 ? -q * Math.log(q) : 0;
    }
}
