package io.credence.bayes.inference;

/**
 * Which of two learners to believe: the champion, which knows all of its past, or the rival, which knows only the last
 * events. A cumulative sum of what each said of the labels decides when the rival takes over.
 */
final class Rivalry {
    /*
     * lₜ = clip(log p_R(yₜ|xₜ) − log p_M(yₜ|xₜ), ±c);  Sₜ = max(0, Sₜ₋₁ + lₜ): the evidence for the rival since the past
     * moment that favours it most (Page 1954; plug-in densities, Lorden &amp; Pollak 2005; censored, Huber 1965; paired
     * learners, Bach &amp; Maloof 2008). S > h is a take-over, after which S = 0.
     * Predictions mix both; the rival's weight follows the same lₜ with a fixed share (Herbster &amp; Warmuth 1998).
     */
    static final int EVIDENCE = 0;
    static final int WEIGHT = 1;
    static final int TAKE_OVERS = 2;
    static final int GAP = 3;

    private static final double CLIP = 2;
    private static final double SHARE = 0.01;
    private static final double PRIOR = 0.1;
    private static final double GAP_MEMORY = 100;

    private final double threshold;
    private double evidence;
    private double weight = PRIOR;
    private long takeOvers;
    private double gap;

    /** @param threshold h, nats of evidence at which the rival takes over */
    Rivalry(double threshold) {
        this.threshold = threshold;
    }

    /** The rivalry in the stored form that begins with its numbers. */
    Rivalry(double threshold, double[] stored) {
        this(threshold);
        evidence = stored[EVIDENCE];
        weight = stored[WEIGHT];
        takeOvers = (long) stored[TAKE_OVERS];
        gap = stored[GAP];
    }

    /** Writes the numbers to the beginning of a stored form. */
    void store(double[] out) {
        out[EVIDENCE] = evidence;
        out[WEIGHT] = weight;
        out[TAKE_OVERS] = takeOvers;
        out[GAP] = gap;
    }

    /** The rival's weight in predictions. */
    double weight() {
        return weight;
    }

    /** How much of a weight goes beyond a half, as a share of what may: whether the rival is likelier right than wrong. */
    static double earned(double weight) {
        return Math.max(0, 2 * weight - 1);
    }

    /**
     * Takes a label with what both had said of it.
     *
     * @return whether the rival takes over
     */
    boolean learn(double championLogLikelihood, double rivalLogLikelihood) {
        double l = Math.max(-CLIP, Math.min(CLIP, rivalLogLikelihood - championLogLikelihood));
        if (Double.isNaN(l)) {
            return false;
        }
        double odds = weight / (1 - weight) * Math.exp(l);
        weight = (1 - SHARE) * odds / (1 + odds) + SHARE * PRIOR;
        evidence = Math.max(0, evidence + l);
        if (evidence <= threshold) {
            return false;
        }
        takeOvers++;
        evidence = 0;
        weight = PRIOR;
        return true;
    }

    /** Takes what the two put out for the same event. */
    void compare(double championOutput, double rivalOutput) {
        gap += (rivalOutput - championOutput - gap) / GAP_MEMORY;
    }

    /** How far the rival's outputs lie above those of the champion of late, in standardised units. */
    double gap() {
        return gap;
    }

    /** Follows a change of the target's unit, or of a member's level. */
    void gap(double value) {
        gap = value;
    }

    /** Both know the same from here on. */
    void restart() {
        gap = 0;
        evidence = 0;
        weight = PRIOR;
    }
}
