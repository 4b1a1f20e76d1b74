package io.credence.bayes.predict;

import org.jspecify.annotations.Nullable;

/**
 * What a member's posterior knows, and what predictions tell of it.
 *
 * @param ignorance of the member
 * @param joint whether its posterior knows the covariance of the output's weights, so that its variance is told
 * @param earned the part of the rival's weight that counts for how much is to be learned
 * @param noise what is left of the noise variance beside the posterior's, as a share
 */
public record Knowledge(Ignorance ignorance, boolean joint, double earned, double noise) {
    /*
     * A rival that nothing speaks for keeps some weight, since labels may change at any time. What is to be learned about
     * an event does not have that: it never goes, however much is learned.
     */

    /** The posterior's variance of the mean of each event, [n]; x is [n × width]. */
    public double[] variance(int n, float[] x) {
        double[] variance = new double[n];
        ignorance.of(n, x, variance);
        return variance;
    }

    /** Whether the rival's variance of the mean has a part in what is told. */
    public boolean both() {
        return joint && earned > 0;
    }

    /**
     * What champion and rival say together; this is the champion's knowledge.
     *
     * @param rival null if there is none
     * @param weight of the rival
     * @param known the variance of the champion's posterior
     * @param other that of the rival's
     */
    public Moments mixed(Moments champion, @Nullable Moments rival, double weight, double known, double other) {
        Moments both = rival == null ? champion : Moments.mixed(champion, rival, weight);
        if (!joint) {
            return both;
        }
        double share = rival == null ? 0 : earned;
        double apart = rival == null ? 0 : rival.mean() - champion.mean();
        double variance = known + share * (other - known) + share * (1 - weight) * apart * apart;
        return both.telling(new Moments.Told(variance, noise));
    }
}
