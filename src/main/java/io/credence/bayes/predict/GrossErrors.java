package io.credence.bayes.predict;

import java.nio.DoubleBuffer;

/**
 * Whether some of the labels are wrong rather than merely far: gross errors, which intervals of right labels leave out.
 *
 * <p>Errors are z = (y − mean)/deviation. A value; every label gives the next one.
 *
 * @param share of gross errors among those that do not follow another
 * @param core logarithm of the scale of right labels
 * @param broad logarithm of the scale of gross errors, at least 2 above that of right ones
 * @param near share of errors of 4 to 8 scales of right labels
 * @param far share of errors beyond 8
 * @param last probability that the last error was a gross one
 */
record GrossErrors(double share, double core, double broad, double near, double far, double last) {
    /*
     * The contamination model (Tukey 1960; Huber 1964), (1 − ε)·t₈(z/e^core) + ε·t₂(z/e^broad); the scales by stochastic
     * maximum likelihood, each weighted by its probability, ε by the mean of that of the broad part. Heavy tails would do
     * as much for ε. But whatever their form, as long as it is no heavier than Cauchy's, of the errors beyond a bound at
     * most half lie beyond twice that bound; of wrong labels, which have a gap before them, most do. What follows a gross
     * error counts as right: wrong labels come singly, bursts and steps do not.
     */
    static final int LENGTH = 6;
    static final GrossErrors NONE = new GrossErrors(0.01, 0, Math.log(20), 0, 0, 0);

    private static final StudentT CORE = new StudentT(8);
    private static final StudentT TAIL = new StudentT(2);
    private static final double FARTHER = 2;
    private static final double FARTHEST = 10;
    private static final double CORE_LIMIT = 3;
    private static final double FAR = 4;
    private static final double TWICE = 8;
    private static final double TIMES = 1.5;
    private static final double CERTAIN = 0.25;
    private static final double FEW = 0.015;
    private static final double SOME = 0.01;
    private static final double LEAST = 1e-4;
    private static final double MOST = 0.25;

    /**
     * What is believed after one more error.
     *
     * @param rate of the moving means, within 0 … 1
     */
    GrossErrors next(double z, double rate) {
        double wrong = wrong(z);
        double size = Math.abs(z) * Math.exp(-core);
        double nextCore = held(core + rate * (1 - wrong) * CORE.pull(z, core), -CORE_LIMIT, CORE_LIMIT);
        double nextBroad = broad + rate * wrong * TAIL.pull(z, broad);
        double single = wrong * (1 - last);
        return new GrossErrors(
                held(share + rate * (single - share), LEAST, MOST),
                nextCore,
                held(nextBroad, nextCore + FARTHER, nextCore + FARTHEST),
                near + rate * ((size > FAR && size <= TWICE ? 1 : 0) - near),
                far + rate * ((size > TWICE ? 1 : 0) - far),
                wrong);
    }

    static GrossErrors load(DoubleBuffer in) {
        return new GrossErrors(in.get(), in.get(), in.get(), in.get(), in.get(), in.get());
    }

    /** The stored form: share, core, broad, near, far, last. */
    void store(DoubleBuffer out) {
        out.put(share).put(core).put(broad).put(near).put(far).put(last);
    }

    /** How much of an error is that of a right label, from 0 to 1; 1 as long as gross errors are few or doubtful. */
    double right(double z) {
        return 1 - sure() * (1 - last) * wrong(z);
    }

    /** Probability that an error is a gross one, whatever came before it. */
    private double wrong(double z) {
        double right = (1 - share) * CORE.density(z, core);
        double gross = share * TAIL.density(z, broad);
        return gross / (right + gross);
    }

    /** The share of labels that intervals leave out. */
    double leftOut() {
        return sure() * share;
    }

    /** Density of a gross error. */
    double density(double z) {
        return TAIL.density(z, broad);
    }

    /** Probability of a gross error beyond z ≥ 0. */
    double tail(double z) {
        return TAIL.tail(z * Math.exp(-broad));
    }

    private double sure() {
        return far == 0 ? 0 : held((share - FEW) / SOME, 0, 1) * held((1 - TIMES * near / far) / CERTAIN, 0, 1);
    }

    private static double held(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
