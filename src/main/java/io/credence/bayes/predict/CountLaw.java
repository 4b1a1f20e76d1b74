package io.credence.bayes.predict;

/**
 * The distribution of a count with a given mean and variance: negative binomial, or Poisson where the variance is not above
 * the mean.
 *
 * <p>A Poisson whose rate is Gamma distributed is negative binomial (Gelman et al. 2013, section 2.6), so that this is
 * also the moment-matched mixture over uncertain rates.
 *
 * @param mean m &gt; 0
 * @param variance v
 */
record CountLaw(double mean, double variance) {
    /*
     * Probabilities follow from their neighbours (CountMass) and are added outwards from a count, away from the mean, until
     * nothing is left. Where that would be thousands of terms, counts are as good as continuous (SmoothCount).
     */
    private static final double SUMMED = 256;
    private static final double REACH = 12;
    private static final double NOTHING = 1e-14;
    private static final double TOLD_ANEW = 1e-3;
    private static final double UNDERFLOW = -700;
    private static final int MOST_TERMS = 100_000;
    /** The farthest score. */
    static final double FARTHEST = 37;

    CountLaw {
        mean = Math.max(mean, Double.MIN_NORMAL);
    }

    private double deviation() {
        return Math.sqrt(Math.max(mean, variance));
    }

    /** Whether it is told by a continuous distribution. */
    boolean smooth() {
        return deviation() > SUMMED || variance > SUMMED * mean;
    }

    private SmoothCount smoothed() {
        return new SmoothCount(mean, variance);
    }

    private CountMass masses() {
        return new CountMass(mean, variance);
    }

    /** log P(k), nats. */
    double logMass(double k) {
        return masses().log(k);
    }

    /** P(k + 1)/P(k). */
    double ratio(double k) {
        return masses().ratio(k);
    }

    /** Whether the tail above a count is told rather than that up to it: the smaller of the two tells more digits. */
    private boolean high(double k) {
        return k >= mean;
    }

    /** P(Y ≤ k), or P(Y &gt; k) where {@link #high} says so. */
    private double tail(double k) {
        if (k < 0) {
            return 0;
        }
        if (smooth()) {
            return high(k) ? smoothed().above(k) : smoothed().below(k);
        }
        return high(k) ? sum(masses(), k + 1, 1) : sum(masses(), k, -1);
    }

    private static double sum(CountMass masses, double from, int step) {
        double term = Math.exp(masses.log(from));
        double sum = 0;
        double k = from;
        for (int n = 0; n < MOST_TERMS && k >= 0 && term > NOTHING * sum; n++) {
            sum += term;
            term = step > 0 ? term * masses.ratio(k) : term / masses.ratio(k - 1);
            k += step;
        }
        return Math.min(1, sum);
    }

    /** P(Y ≤ k). */
    double cumulative(double k) {
        return high(k) ? 1 - tail(k) : tail(k);
    }

    /** The normal score Φ⁻¹(F(k − 1) + u·P(k)), held to ±{@value #FARTHEST}: standard normal if u is uniform in (0, 1). */
    double score(double k, double u) {
        double part = (1 - u) * mass(k);
        return high(k) ? -normal(tail(k) + part) : normal(tail(k) - part);
    }

    /** The normal scores Φ⁻¹(F(k − 1)) and Φ⁻¹(F(k)), between which k lies. */
    double[] scores(double k) {
        double mass = mass(k);
        if (high(k)) {
            double above = tail(k);
            return new double[] {-normal(above + mass), -normal(above)};
        }
        double below = tail(k - 1);
        return new double[] {normal(below), normal(below + mass)};
    }

    /** F(k) − F(k − 1), of the distribution that {@link #tail} is of. */
    private double mass(double k) {
        if (!smooth()) {
            return Math.exp(logMass(k));
        }
        SmoothCount smooth = smoothed();
        return high(k)
                ? Math.max(0, (k > 0 ? smooth.above(k - 1) : 1) - smooth.above(k))
                : Math.max(0, smooth.below(k) - (k > 0 ? smooth.below(k - 1) : 0));
    }

    private static double normal(double p) {
        double held = Math.max(Double.MIN_NORMAL, Math.min(1 - 1e-16, p));
        return Math.max(-FARTHEST, Math.min(FARTHEST, Quantiles.normal(held)));
    }

    /**
     * For each normal score z the smallest count whose cumulative probability reaches Φ(z).
     *
     * @param z rising
     */
    double[] quantiles(double[] z) {
        double[] found = new double[z.length];
        if (smooth()) {
            SmoothCount smooth = smoothed();
            for (int i = 0; i < z.length; i++) {
                found[i] = smooth.quantile(held(z[i]));
            }
            return found;
        }
        CountMass masses = masses();
        double start = start(masses, z[0]);
        int low = below(masses, start, z, found);
        above(masses, low > 0 ? found[low - 1] : start, z, low, found);
        return found;
    }

    private static double held(double z) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, z));
    }

    /** A count below which there is next to nothing of what is below the score. */
    private double start(CountMass masses, double z) {
        double lowest = Math.min(0, held(z));
        double reach = Math.sqrt(lowest * lowest - 4 * Math.log(NOTHING));
        double k = Math.max(0, Math.floor(mean - reach * deviation()));
        while (k < mean && masses.log(k) < UNDERFLOW) {
            k = Math.ceil(k + deviation() / 2);
        }
        return k;
    }

    /** Finds the counts of the scores below zero by what is below them; returns how many scores these are. */
    private static int below(CountMass masses, double start, double[] z, double[] found) {
        double k = start;
        double term = Math.exp(masses.log(k));
        double sum = term;
        int i = 0;
        for (; i < z.length && z[i] < 0; i++) {
            double aim = Normal.above(-held(z[i]));
            while (sum < aim && term > NOTHING * sum) {
                term *= masses.ratio(k++);
                sum += term;
            }
            found[i] = k;
        }
        return i;
    }

    /** Finds the counts of the other scores by what is above them, which is added up anew before rounding shows. */
    private void above(CountMass masses, double start, double[] z, int first, double[] found) {
        double k = start;
        double left = sum(masses, k + 1, 1);
        double told = left;
        double term = Math.exp(masses.log(k + 1));
        int terms = 0;
        for (int i = first; i < z.length; i++) {
            double aim = Normal.above(held(z[i]));
            while (left > aim && terms++ < MOST_TERMS) {
                left -= term;
                term *= masses.ratio(++k);
                if (left < TOLD_ANEW * told) {
                    left = sum(masses, k + 1, 1);
                    told = left;
                }
            }
            found[i] = k;
        }
    }

    /** Σₖ (F(k) − 1{k ≥ y})²: the continuous ranked probability score; NaN where that would be thousands of terms. */
    double rankedScore(double y) {
        if (smooth()) {
            return Double.NaN;
        }
        double start = Math.max(0, Math.floor(mean - REACH * deviation()));
        double end = mean + REACH * deviation() + REACH;
        double score = Math.max(0, start - y) + Math.max(0, y - Math.ceil(end));
        CountMass masses = masses();
        double term = Math.exp(masses.log(start));
        double sum = term;
        for (double k = start; k <= end; k++) {
            double gap = Math.min(1, sum) - (k >= y ? 1 : 0);
            score += gap * gap;
            term *= masses.ratio(k);
            sum += term;
        }
        return score;
    }
}
