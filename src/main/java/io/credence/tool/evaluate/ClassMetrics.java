package io.credence.tool.evaluate;

import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics of a class: accuracy of the likeliest class, log-loss (nats), Brier score and expected calibration error.
 *
 * <p>For two classes the Brier score is the mean squared error of the probability of class 1, as Brier's halved; for more
 * it is summed over the classes (Brier 1950). The calibration error is that of the confidence in the likeliest class,
 * over {@value #BINS} bins of equal width (Guo et al. 2017, eq. 3).
 */
final class ClassMetrics implements Metrics {
    static final int BINS = 15;

    private final int classes;
    private final long[] inBin = new long[BINS];
    private final long[] rightInBin = new long[BINS];
    private final double[] confidenceInBin = new double[BINS];
    private long count;
    private double logLoss;
    private double brier;
    private final List<Held> held = new ArrayList<>();

    /** @param classes the number of classes, at least 2 */
    public ClassMetrics(int classes) {
        this.classes = classes;
    }

    @Override
    public void add(Prediction prediction, double label) {
        if (!(prediction instanceof ClassPrediction classified) || classified.probabilities().length != classes) {
            throw new IllegalArgumentException("expected a prediction of " + classes + " classes, got " + prediction);
        }
        double[] p = classified.probabilities();
        int truth = (int) label;
        int likeliest = classified.likeliest();
        double squares = 0;
        for (int k = 0; k < classes; k++) {
            double error = p[k] - (k == truth ? 1 : 0);
            squares += error * error;
        }
        // The upper end belongs to its bin: confidence 1 falls into the last one.
        int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(p[likeliest] * BINS) - 1));
        inBin[bin]++;
        rightInBin[bin] += likeliest == truth ? 1 : 0;
        confidenceInBin[bin] += p[likeliest];
        logLoss -= prediction.logLikelihood(label);
        brier += classes == 2 ? squares / 2 : squares;
        for (int i = 0; i < classified.sets().size(); i++) {
            ClassPrediction.Set set = classified.sets().get(i);
            Held before = count == 0 ? new Held(set.level(), 0, 0) : held.get(i);
            Held now = new Held(
                    set.level(),
                    before.covered + (set.covers(label) ? 1 : 0),
                    before.size + set.classes().size());
            if (count == 0) {
                held.add(now);
            } else {
                held.set(i, now);
            }
        }
        count++;
    }

    /** Of the sets of a level: labels in them, and classes in all of them. */
    private record Held(double level, long covered, long size) {}

    @Override
    public long count() {
        return count;
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        if (count > 0) {
            long right = 0;
            double gap = 0;
            for (int bin = 0; bin < BINS; bin++) {
                right += rightInBin[bin];
                gap += Math.abs(rightInBin[bin] - confidenceInBin[bin]);
            }
            values.put("accuracy", (double) right / count);
            values.put("logLoss", logLoss / count);
            values.put("brier", brier / count);
            values.put("ece", gap / count);
            for (Held sets : held) {
                String name = IntervalMetrics.name(sets.level);
                values.put("setCoverage" + name, (double) sets.covered / count);
                values.put("setSize" + name, (double) sets.size / count);
            }
        }
        return values;
    }
}
