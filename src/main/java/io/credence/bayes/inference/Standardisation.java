package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.Standardizer;
import java.util.Arrays;
import java.util.List;

/**
 * The units in which a model learns: running statistics of every column and of the target.
 *
 * <p>Stored as the numbers of {@link RunningMoments} for each column, then for the target. Those of the target are of no values unless
 * it is standardised, which it is for regression.
 */
final class Standardisation {
    private final boolean realTarget;
    private final Standardizer columns;
    private final RunningMoments target;

    private Standardisation(boolean realTarget, Standardizer columns, RunningMoments target) {
        this.realTarget = realTarget;
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
                shape.realTarget(),
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
        return !realTarget || target.deviation(0) > 0;
    }

    double targetMean() {
        return realTarget ? target.mean(0) : 0;
    }

    double targetScale() {
        double deviation = realTarget ? target.deviation(0) : 1;
        return deviation > 0 ? deviation : 1;
    }

    /**
     * The unit in which predictions are told: {@link #targetScale}, and what the first few labels leave in doubt, which is
     * the size of the labels themselves and halves with each. While all were equal it is what is left of that doubt, at
     * least a hundredth of their size divided by their number.
     */
    double toldScale() {
        double n = realTarget ? target.count(0) : 0;
        if (n == 0) {
            return 1;
        }
        double size = target.mean(0) == 0 ? 1 : Math.abs(target.mean(0));
        double doubt = size * Math.pow(2, 1 - n);
        double deviation = target.deviation(0);
        return deviation > 0 ? Math.sqrt(deviation * deviation + doubt * doubt) : Math.max(doubt, size / (100 * n));
    }

    /** A standardised label. */
    double target(double label) {
        return (label - targetMean()) / targetScale();
    }

    /** A standardised label that may be in units from before the target's statistics started over. */
    double pastTarget(double label) {
        return realTarget && scaleKnown() ? target.score(0, label) : target(label);
    }

    /**
     * Takes the features of one event, and its label if the target is standardised.
     *
     * @return whether the target's statistics started over, in another unit or at another level
     */
    boolean learn(FeatureVector features, double label) {
        columns.learn(features);
        return realTarget && target.add(0, label);
    }

    /**
     * Leaves out what lies far from the rest of the first few events.
     *
     * @param all the events so far, every one of them
     * @return whether the target's unit is another for it
     */
    boolean settle(List<Observation> all) {
        columns.settle(all.stream().map(Observation::features).toList());
        return realTarget
                && target.settle(0, all.stream().mapToDouble(Observation::label).toArray());
    }
}
