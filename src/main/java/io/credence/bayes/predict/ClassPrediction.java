package io.credence.bayes.predict;

import io.credence.bayes.linalg.Elementary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The predictive distribution of a class; the logarithm of a probability is that of 1e-15 at least.
 *
 * @param probabilities predictive probability of each class; the array is owned by this value
 * @param mean for two classes the probability of class 1, for more the index of the likeliest class
 * @param epistemicVariance summed variance of the sampled probabilities (of class 1 alone for two classes)
 * @param aleatoricVariance mean summed Bernoulli variance of the one-hot label (of class 1 alone for two classes)
 * @param entropy entropy of the predictive probabilities, nats
 * @param mutualInformation entropy less the mean entropy of the samples, nats: BALD (Houlsby et al. 2011)
 * @param sets for several levels the smallest set of classes that is likely to hold the label, rising
 * @param flags what is unusual about it
 */
public record ClassPrediction(
        double[] probabilities,
        double mean,
        double epistemicVariance,
        double aleatoricVariance,
        double entropy,
        double mutualInformation,
        List<Set> sets,
        Flags flags)
        implements Prediction {
    private static final double TINY = 1e-15;

    /**
     * The likeliest classes whose probabilities add up to a level.
     *
     * @param level the share of labels that are to be among them, at least
     * @param classes their indices, the likeliest first; never empty
     */
    public record Set(double level, List<Integer> classes) {
        /** Whether a label is among them. */
        public boolean covers(double label) {
            return classes.contains((int) label);
        }
    }

    /** A prediction without sets and flags. */
    public ClassPrediction(
            double[] probabilities,
            double mean,
            double epistemicVariance,
            double aleatoricVariance,
            double entropy,
            double mutualInformation) {
        this(
                probabilities,
                mean,
                epistemicVariance,
                aleatoricVariance,
                entropy,
                mutualInformation,
                List.of(),
                Flags.NONE);
    }

    @Override
    public ClassPrediction with(Flags other) {
        return new ClassPrediction(
                probabilities, mean, epistemicVariance, aleatoricVariance, entropy, mutualInformation, sets, other);
    }

    /**
     * The smallest set of classes whose probabilities add up to each level.
     *
     * @param p probability of each class
     * @param levels within 0 … 1, rising
     */
    static List<Set> sets(double[] p, List<Double> levels) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> p[k]).reversed())
                .toList();
        List<Set> sets = new ArrayList<>(levels.size());
        double sum = p[order.get(0)];
        int taken = 1;
        for (double level : levels) {
            while (sum < level && taken < p.length) {
                sum += p[order.get(taken++)];
            }
            sets.add(new Set(level, order.subList(0, taken)));
        }
        return sets;
    }

    /** Index of the likeliest class, the first of equals. */
    public int likeliest() {
        return Elementary.largest(probabilities);
    }

    @Override
    public double logLikelihood(double label) {
        return Math.log(Math.max(probabilities[(int) label], TINY));
    }
}
