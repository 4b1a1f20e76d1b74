package io.credence.bayes.inference;

import io.credence.bayes.drift.ChangeWatch.Restart;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The units in which a model learns: running statistics of every column and of the target.
 *
 * <p>Stored as the numbers of {@link RunningMoments} for each column, then for the target; those of classes are of no values. A real
 * target is standardised. A count stays what it is, and its log-rate is standardised: the logarithm of the mean count is 0,
 * and the deviation of counts over their mean, at most 1, is the unit.
 */
final class Standardisation {
    private static final double REACH = 8;
    private static final double HIGHEST = 20;
    private static final int SETTLED = 10;

    private final Shape shape;
    private final Standardizer columns;
    private final RunningMoments target;
    private List<Restart> restarts = List.of();

    private Standardisation(Shape shape, Standardizer columns, RunningMoments target) {
        this.shape = shape;
        this.columns = columns;
        this.target = target;
    }

    /** Statistics of nothing yet. */
    static Standardisation create(Shape shape) {
        return of(shape, new RunningMoments(shape.layout().inputs() + 1).toArray());
    }

    /** Statistics from their stored form. */
    static Standardisation of(Shape shape, double[] stored) {
        int target = stored.length - RunningMoments.PER_COLUMN;
        return new Standardisation(
                shape,
                new Standardizer(
                        shape.spec().features().standardised(), RunningMoments.of(Arrays.copyOf(stored, target))),
                RunningMoments.of(Arrays.copyOfRange(stored, target, stored.length)));
    }

    /** The length of the stored form. */
    static int length(int columns) {
        return RunningMoments.PER_COLUMN * (columns + 1);
    }

    /** The stored form. */
    double[] toArray() {
        double[] first = columns.moments().toArray();
        double[] last = target.toArray();
        double[] stored = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, stored, first.length, last.length);
        return stored;
    }

    /** The columns' part, as it stands. */
    Standardizer columns() {
        return columns;
    }

    /** Whether standardised labels mean anything yet: not before two different labels were seen. */
    boolean scaleKnown() {
        return !shape.calibrated() || target.deviation(0) > 0 || shape.counts() && target.count(0) >= SETTLED;
    }

    /** The mean of a real target; of counts its logarithm. */
    double targetMean() {
        return shape.counts() ? Math.log(meanCount()) : shape.realTarget() ? target.mean(0) : 0;
    }

    /** The deviation of a real target; of counts as a share of their mean, at most 1. */
    double targetScale() {
        if (shape.counts()) {
            return Math.min(1, countDeviation() / meanCount());
        }
        double deviation = shape.realTarget() ? target.deviation(0) : 1;
        return deviation > 0 ? deviation : 1;
    }

    /** The mean count: half a one more than there were, where there was none. */
    private double meanCount() {
        double n = target.count(0);
        return n == 0 ? 1 : Math.max(target.mean(0), 0.5 / (n + 1));
    }

    /** At least that of a Poisson. */
    private double countDeviation() {
        return Math.max(target.deviation(0), Math.sqrt(meanCount()));
    }

    /** The largest log-rate of a count: {@value #REACH} deviations above the mean, and what the first labels leave in doubt. */
    double highestLog() {
        double n = target.count(0);
        double doubt = meanCount() * Math.pow(2, 1 - n);
        return n == 0 ? HIGHEST : Math.log(meanCount() + REACH * (countDeviation() + doubt) + 1);
    }

    /** What a prediction of 0 is told as. */
    double toldMean() {
        return shape.realTarget() ? target.mean(0) : 0;
    }

    /**
     * The unit in which predictions are told: {@link #targetScale}, and what the first few labels leave in doubt, which is
     * the size of the labels themselves and halves with each. While all were equal it is what is left of that doubt, at
     * least a hundredth of their size divided by their number.
     */
    double toldScale() {
        double n = shape.realTarget() ? target.count(0) : 0;
        if (n == 0) {
            return 1;
        }
        double size = target.mean(0) == 0 ? 1 : Math.abs(target.mean(0));
        double doubt = size * Math.pow(2, 1 - n);
        double deviation = target.deviation(0);
        return deviation > 0 ? Math.sqrt(deviation * deviation + doubt * doubt) : Math.max(doubt, size / (100 * n));
    }

    /** How far labels lie apart, in their own unit; 0 if they are no numbers. */
    double labelSpread() {
        return target.deviation(0);
    }

    /** A label as the networks learn it: standardised if it is real. */
    double target(double label) {
        return shape.realTarget() ? (label - targetMean()) / targetScale() : label;
    }

    /** The same of a label that may be in units from before the target's statistics started over. */
    double pastTarget(double label) {
        if (!shape.calibrated() || !scaleKnown()) {
            return target(label);
        }
        return shape.realTarget() ? target.score(0, label) : pastCount(label);
    }

    private double pastCount(double label) {
        if (target.deviationBefore(0) == 0) {
            return label;
        }
        return Math.max(0, target.mean(0) + target.deviation(0) * target.score(0, label));
    }

    /**
     * Takes the features of one event, and its label if it is a number.
     *
     * @return whether the target's statistics started over, in another unit or at another level
     */
    boolean learn(FeatureVector features, double label) {
        List<Integer> over = columns.learn(features);
        boolean labelOver = shape.calibrated() && target.add(0, label);
        restarts = over.isEmpty() && !labelOver ? List.of() : restarts(over, labelOver);
        return labelOver;
    }

    /** What has started over with the event that was learned last; the label has the number behind the columns. */
    List<Restart> restarts() {
        return restarts;
    }

    private List<Restart> restarts(List<Integer> over, boolean label) {
        List<Restart> found = new ArrayList<>();
        over.forEach(column -> found.add(restart(column, columns.moments(), column)));
        if (label) {
            found.add(restart(columns.moments().columns(), target, 0));
        }
        return found;
    }

    private static Restart restart(int number, RunningMoments moments, int column) {
        double before = moments.deviationBefore(column);
        return new Restart(number, moments.restartMove(column), before > 0 ? moments.deviation(column) / before : 1);
    }

    /** Takes all events of a stream, as if they came one after the other. */
    void learnAll(List<Observation> events) {
        for (int i = 0; i < events.size(); i++) {
            learn(events.get(i).features(), events.get(i).label());
            if (i < 2 * RunningMoments.SETTLED) {
                settle(events.subList(0, i + 1));
            }
        }
    }

    /**
     * Leaves out what lies far from the rest of the first few events.
     *
     * @param all the events so far, every one of them
     */
    void settle(List<Observation> all) {
        columns.settle(all.stream().map(Observation::features).toList());
        if (shape.calibrated()) {
            target.settle(0, all.stream().mapToDouble(Observation::label).toArray());
        }
    }
}
