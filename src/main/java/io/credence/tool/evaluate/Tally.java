package io.credence.tool.evaluate;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Measures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics of the learner and of the baselines over some rows, and the learner's skill over the best of them. One thread. */
final class Tally {
    static final String BASELINES = "baselines.";
    static final String SKILL = "skill";

    private final Metrics metrics;
    private final boolean classes;
    private final List<String> names;
    private final double[] losses;
    private long outOfRange;
    private long uncertain;
    private long surprising;
    private long alarms;
    private long episodes;

    /** @param names of the baselines, in the order of the guesses */
    Tally(LabelEncoder label, List<String> names) {
        this.metrics = Metrics.of(label);
        this.classes = label.classCount() > 0;
        this.names = names;
        this.losses = new double[names.size()];
    }

    void add(Measured row) {
        double label = row.event().label();
        metrics.add(row.prediction(), label);
        outOfRange += row.prediction().flags().outOfRange() ? 1 : 0;
        uncertain += row.prediction().flags().uncertain() ? 1 : 0;
        Verdict verdict = row.verdict();
        surprising += verdict != null && verdict.surprising() ? 1 : 0;
        alarms += verdict != null && verdict.raises() ? 1 : 0;
        episodes += row.begins() ? 1 : 0;
        for (int k = 0; k < losses.length; k++) {
            double error = label - row.guesses()[k];
            losses[k] += classes ? Math.min(1, error * error) : error * error;
        }
    }

    long count() {
        return metrics.count();
    }

    /**
     * The learner's metrics, the shares of events out of range, uncertain and surprising, how many were alarms and how many episodes began, then {@code baselines.NAME.rmse} (of
     * classes {@code accuracy}) and {@code skill}: 1 − MSE / smallest MSE of them, of classes with the share of wrong ones
     * for the MSE; without skill where one never errs.
     */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>(metrics.values());
        if (metrics.count() == 0) {
            return values;
        }
        values.put("outOfRangeShare", (double) outOfRange / metrics.count());
        values.put("uncertainShare", (double) uncertain / metrics.count());
        values.put("surprisingShare", (double) surprising / metrics.count());
        values.put("alarms", (double) alarms);
        values.put("episodes", (double) episodes);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < losses.length; k++) {
            double loss = losses[k] / metrics.count();
            least = Math.min(least, loss);
            values.put(
                    BASELINES + names.get(k) + (classes ? ".accuracy" : ".rmse"),
                    classes ? 1 - loss : Measures.rmse(losses[k], metrics.count()));
        }
        if (least > 0) {
            double own = classes
                    ? 1 - values.getOrDefault("accuracy", Double.NaN)
                    : Math.pow(values.getOrDefault("rmse", Double.NaN), 2);
            values.put(SKILL, 1 - own / least);
        }
        return values;
    }
}
