package io.credence.bayes.feature;

import java.util.List;
import java.util.stream.Stream;

/**
 * Running standardisation of the features: part of the learned state, so that nobody has to know their scale before.
 *
 * <p>Columns that the encoder marks as such are centred and scaled by the statistics of the events seen so far; the
 * others pass through. A missing value becomes the running mean, a constant column zero.
 */
public final class Standardizer {
    /*
     * Beyond LIMIT deviations the scale is logarithmic, continuous and monotone: an input far out of range still lies
     * out of range, which the epistemic variance must see, but cannot overflow the network.
     */
    private static final double LIMIT = 5;
    /** A level of a column that seldom takes it lies no farther out than if a fifth of the events had it. */
    private static final double LEVEL = 2;
    /** A deviation below this part of the mean is rounding of doubles: the column is constant. */
    private static final double RELATIVE_TINY = 1e-13;

    private final boolean[] scaled;
    private final RunningMoments moments;
    private final double[] mean;
    private final double[] deviation;
    private boolean fresh;
    private boolean restarted;

    /** @param scaled for each column, whether it is standardised */
    public Standardizer(boolean[] scaled) {
        this(scaled, new RunningMoments(scaled.length));
    }

    /** A standardiser that continues from stored statistics. */
    public Standardizer(boolean[] scaled, RunningMoments moments) {
        this.scaled = scaled.clone();
        this.moments = moments;
        this.mean = new double[scaled.length];
        this.deviation = new double[scaled.length];
    }

    /** The statistics. */
    public RunningMoments moments() {
        return moments;
    }

    /**
     * Takes the features of one event into the statistics.
     *
     * @return columns whose statistics started over
     */
    public List<Integer> learn(FeatureVector features) {
        double[] x = features.values();
        List<Integer> over = List.of();
        for (int i = 0; i < x.length; i++) {
            if (moments.add(i, x[i]) && scaled[i]) {
                over = Stream.concat(over.stream(), Stream.of(i)).toList();
            }
        }
        fresh = false;
        return over;
    }

    /** Leaves out what lies far, given the features of all events so far, while these are few. */
    public void settle(List<FeatureVector> all) {
        for (int i = 0; i < scaled.length; i++) {
            int column = i;
            if (scaled[i]) {
                moments.settle(
                        i, all.stream().mapToDouble(f -> f.values()[column]).toArray());
            }
        }
        fresh = false;
    }

    /** Writes the standardised features to {@code out[at …]}. */
    public void apply(FeatureVector features, float[] out, int at) {
        refresh();
        double[] x = features.values();
        for (int i = 0; i < x.length; i++) {
            out[at + i] = apply(i, x[i]);
        }
    }

    /** A number of one column, standardised; missing numbers are the caller's. */
    public float apply(int column, double value) {
        refresh();
        return scaled[column] ? (float) standardise(column, value) : passed(column, value);
    }

    /** The same for features that may be in units from before a column's statistics started over. */
    public void applyToPast(FeatureVector features, float[] out, int at) {
        apply(features, out, at);
        for (int i = 0; restarted && i < mean.length; i++) {
            double value = features.values()[i];
            if (scaled[i] && moments.deviationBefore(i) > 0 && deviation[i] > 0 && !Double.isNaN(value)) {
                out[at + i] = (float) held(moments.score(i, value));
            }
        }
    }

    /** Statistics as {@link #apply} needs them, once after each event that was learned; 0 for a constant column. */
    private void refresh() {
        for (int i = 0; !fresh && i < mean.length; i++) {
            restarted |= moments.deviationBefore(i) > 0;
            mean[i] = moments.mean(i);
            double found = moments.deviation(i);
            deviation[i] = found <= RELATIVE_TINY * Math.abs(mean[i]) ? 0 : found;
        }
        fresh = true;
    }

    private float passed(int column, double value) {
        return (float) (Double.isNaN(value) ? moments.mean(column) : value);
    }

    private double standardise(int column, double value) {
        if (Double.isNaN(value) || deviation[column] == 0) {
            return 0;
        }
        double z = (value - mean[column]) / deviation[column];
        return moments.level(column, value) ? Math.copySign(Math.min(LEVEL, Math.abs(z)), z) : held(z);
    }

    private static double held(double z) {
        double size = Math.abs(z);
        return size <= LIMIT ? z : Math.copySign(LIMIT * (1 + Math.log(size / LIMIT)), z);
    }
}
