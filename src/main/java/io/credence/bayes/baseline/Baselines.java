package io.credence.bayes.baseline;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Standardizer;
import io.credence.bayes.linalg.Elementary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The obvious forecasts of a stream, made from the labels that have arrived: the last one, the mean of all (of classes
 * the commonest one), and recursive least squares (λ = {@value #LAMBDA}, δ = {@value #DELTA}) on the standardised
 * columns, 1, and the last label. For classes it fits their indicators, and the largest wins. Least squares are left out
 * above {@value #WIDEST} columns, where each row would cost more than the learner takes for it.
 *
 * <p>Deterministic. One thread. Before the first label every forecast is 0.
 */
public final class Baselines {
    static final double LAMBDA = 0.999;
    static final double DELTA = 1;
    static final int WIDEST = 1000;

    private final List<String> names;
    private final int columns;
    private final int classes;
    private final Standardizer standardizer;
    private final @Nullable RecursiveLeastSquares squares;
    private final double[] sums;
    private double last;
    private long count;

    /**
     * What was forecast for one event, to be handed back when its label arrives.
     *
     * @param guesses a label of each forecast, in target units or the index of a class; the array is owned by this value
     * @param row what was known of the event then
     */
    public record Forecast(double[] guesses, double[] row) {}

    /** Forecasts for the events of an encoder and their labels. */
    public Baselines(FeatureEncoder features, LabelEncoder label) {
        this.columns = features.width();
        this.classes = label.classCount();
        this.squares =
                columns > WIDEST ? null : new RecursiveLeastSquares(columns + 1 + lagged(), targets(), LAMBDA, DELTA);
        String last = classes == 0 ? "lastValue" : "lastClass";
        this.names = squares == null ? List.of(last, "mean") : List.of(last, "mean", "rls");
        this.standardizer = new Standardizer(features.standardised());
        this.sums = new double[targets()];
    }

    /** The names of the forecasts, in the order of {@link Forecast#guesses()}. */
    public List<String> names() {
        return names;
    }

    private int targets() {
        return Math.max(1, classes);
    }

    /** Terms that tell the last label: of k classes the indicators of all but the first. */
    private int lagged() {
        return classes == 0 ? 1 : classes - 1;
    }

    /** The forecasts of an event from what has been learned. */
    public Forecast predict(FeatureVector x) {
        double mean = classes == 0 ? sums[0] / Math.max(1, count) : Elementary.largest(sums);
        if (squares == null) {
            return new Forecast(new double[] {last, mean}, new double[0]);
        }
        float[] scaled = new float[columns];
        standardizer.apply(x, scaled, 0);
        double[] row = new double[columns + 1 + lagged()];
        for (int i = 0; i < columns; i++) {
            row[i] = scaled[i];
        }
        row[columns] = 1;
        if (classes == 0) {
            row[columns + 1] = last;
        } else if (last > 0) {
            row[columns + (int) last] = 1;
        }
        double[] fitted = new double[targets()];
        for (int k = 0; k < fitted.length; k++) {
            fitted[k] = squares.predict(row, k);
        }
        return new Forecast(new double[] {last, mean, classes == 0 ? fitted[0] : Elementary.largest(fitted)}, row);
    }

    /** Takes the label of an event; events come in the order in which their labels arrive. */
    public void learn(FeatureVector x, Forecast made, double label) {
        double[] y = new double[targets()];
        y[classes == 0 ? 0 : (int) label] = classes == 0 ? label : 1;
        if (squares != null) {
            squares.learn(made.row(), y);
            standardizer.learn(x);
        }
        for (int k = 0; k < y.length; k++) {
            sums[k] += y[k];
        }
        last = label;
        count++;
    }
}
