package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec.Kind;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.linalg.CounterRandom;
import java.util.Arrays;
import java.util.List;

/** Draws the columns of events by the statistics of each, such that an event could have been: features are independent. */
final class FeatureDraws {
    /*
     * A category is one of those that were, as often as it was. Two-valued numbers are drawn by how often they had either
     * value, the others normal with their mean and deviation, within WIDEST of these. The phase of a cycle is that of a point
     * drawn so, and its harmonics follow. A value is missing as often as it was.
     */
    private static final double WIDEST = 3;
    private static final double TWO_VALUED = 1e-9;

    private final List<FeatureEncoder.Columns> features;
    private final RunningMoments columns;
    private final int width;

    /**
     * @param features and their columns
     * @param columns statistics of each column
     * @param width number of columns
     */
    FeatureDraws(List<FeatureEncoder.Columns> features, RunningMoments columns, int width) {
        this.features = features;
        this.columns = columns;
        this.width = width;
    }

    /** The columns of an event, before standardisation; NaN where a value is missing. */
    double[] draw(CounterRandom random) {
        double[] values = new double[width];
        for (FeatureEncoder.Columns feature : features) {
            Kind kind = feature.spec().kind();
            int from = feature.from();
            int end = from + feature.width();
            if (kind.category()) {
                category(random, values, from, end);
            } else if (kind == Kind.CYCLIC) {
                phase(random, values, from, end);
            } else if (kind == Kind.TIME) {
                for (int i = from; i < end; i += 2) {
                    phase(random, values, i, i + 2);
                }
            } else {
                values[from] = number(random, from);
            }
            if (feature.spec().nullable() && random.uniform() < columns.mean(end)) {
                Arrays.fill(values, from, end, Double.NaN);
                values[end] = 1;
            }
        }
        return values;
    }

    private double number(CounterRandom random, int column) {
        double mean = columns.mean(column);
        double deviation = columns.deviation(column);
        boolean twoValued = Math.abs(deviation * deviation - mean * (1 - mean)) < TWO_VALUED;
        double g = random.gaussian();
        double u = random.uniform();
        return twoValued ? (u < mean ? 1 : 0) : mean + deviation * Math.max(-WIDEST, Math.min(WIDEST, g));
    }

    private void category(CounterRandom random, double[] values, int from, int end) {
        double u = random.uniform();
        for (int i = from; i < end; i++) {
            u -= columns.mean(i);
            if (u < 0) {
                values[i] = 1;
                return;
            }
        }
    }

    private void phase(CounterRandom random, double[] values, int from, int end) {
        double sine = columns.mean(from) + columns.deviation(from) * random.gaussian();
        double cosine = columns.mean(from + 1) + columns.deviation(from + 1) * random.gaussian();
        double turn = Math.atan2(sine, cosine);
        for (int i = from; i < end; i += 2) {
            double harmonic = turn * ((i - from) / 2 + 1);
            values[i] = (float) Math.sin(harmonic);
            values[i + 1] = (float) Math.cos(harmonic);
        }
    }
}
