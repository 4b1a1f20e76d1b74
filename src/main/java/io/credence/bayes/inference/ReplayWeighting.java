package io.credence.bayes.inference;

/** How replayed events count in the ELBO's sum over N events. */
public enum ReplayWeighting {
    /**
     * Fresh events count once, the r replayed ones (N − b)/r each: unbiased for the sum over all events, since the
     * reservoir is uniform over the N − b that came before.
     */
    STRATIFIED {
        @Override
        double fresh(double n, int b, int r) {
            return r == 0 ? n / b : 1;
        }
    },
    /** Fresh and replayed events are one minibatch, N/(b + r) each: leans towards the newest events. */
    POOLED {
        @Override
        double fresh(double n, int b, int r) {
            return n / (b + r);
        }
    };

    /** The weight of each of {@code b} fresh events, with {@code r} replayed, in a sum over N events. */
    abstract double fresh(double n, int b, int r);

    /** The weight of each replayed event. */
    double replayed(double n, int b, int r) {
        return Math.max(0, n - b * fresh(n, b, r)) / r;
    }
}
