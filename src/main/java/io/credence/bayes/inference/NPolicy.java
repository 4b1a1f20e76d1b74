package io.credence.bayes.inference;

/**
 * What N is in the N/|B|-scaled ELBO of a stream that has no end: how many events the posterior stands for.
 *
 * <p>The larger N, the smaller σ. A stream that drifts makes {@link #SEEN} over-confident in what no longer holds.
 */
public enum NPolicy {
    /** All events seen so far: the exact posterior of a stationary stream. */
    SEEN {
        @Override
        public double events(long seen, long value) {
            return Math.max(1, seen);
        }
    },
    /** At most the given number: the posterior never grows more certain than that many events make it. */
    WINDOW {
        @Override
        public double events(long seen, long value) {
            return Math.max(1, Math.min(seen, value));
        }
    },
    /**
     * All events, each discounted by 1 − 1/W for every later one: (1 − (1 − 1/W)ᵗ)·W, the size of a power prior that
     * forgets at rate 1/W (Ibrahim &amp; Chen 2000).
     */
    DISCOUNTED {
        @Override
        public double events(long seen, long value) {
            return Math.max(1, -value * Math.expm1(seen * Math.log1p(-1.0 / Math.max(2, value))));
        }
    },
    /** Always the given number: over-confident before so many were seen, under-confident after. */
    FIXED {
        @Override
        public double events(long seen, long value) {
            return value;
        }
    },
    /**
     * The minibatch alone, against a prior that is the previous posterior: each event counts once (Opper 1998). Needs
     * inner steps or the natural-gradient rule, and no replay.
     */
    RECURSIVE {
        @Override
        public double events(long seen, long value) {
            return 1;
        }
    };

    /** N after {@code seen} events; for {@link #RECURSIVE} the factor of the minibatch, 1. */
    public abstract double events(long seen, long value);
}
