package io.credence.tool.evaluate;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Interval;
import io.credence.bayes.predict.Prediction;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Coverage and mean width of the intervals of each level, calibrated and raw.
 *
 * <p>Of a count, an interval with whole ends covers more than its level. Its coverage is therefore that of the randomised
 * probability transform F(y − 1) + u·P(y) (Czado et al. 2009), u by a counter-based generator; {@code closedCoverage} is
 * that of the ends themselves.
 */
final class IntervalMetrics {
    private static final long SEED = 12;

    private final Map<Double, Sums> levels = new TreeMap<>();
    private long count;
    private boolean counts;

    private static final class Sums {
        private long covered;
        private long rawCovered;
        private long closed;
        private double width;
        private double rawWidth;
    }

    void add(Prediction prediction, double label) {
        count++;
        if (prediction instanceof CountPrediction counted) {
            transform(counted, label);
        }
        for (Interval interval : prediction.intervals()) {
            Sums sums = levels.computeIfAbsent(interval.level(), level -> new Sums());
            sums.width += interval.upper() - interval.lower();
            sums.rawWidth += interval.rawUpper() - interval.rawLower();
            if (prediction instanceof CountPrediction) {
                sums.closed += interval.covers(label) ? 1 : 0;
            } else {
                sums.covered += interval.covers(label) ? 1 : 0;
                sums.rawCovered += interval.rawCovers(label) ? 1 : 0;
            }
        }
        counts |= prediction instanceof CountPrediction;
    }

    private void transform(CountPrediction prediction, double label) {
        double score =
                prediction.score(label, CounterRandom.of(SEED, 0, count, 0).uniform());
        List<Double> of = prediction.intervals().stream().map(Interval::level).toList();
        for (Interval interval : prediction.scoreIntervals(of)) {
            Sums sums = levels.computeIfAbsent(interval.level(), level -> new Sums());
            sums.covered += interval.covers(score) ? 1 : 0;
            sums.rawCovered += interval.rawCovers(score) ? 1 : 0;
        }
    }

    /** A level in percent, as it stands in the names of figures. */
    static String name(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        double n = count;
        levels.forEach((level, sums) -> {
            String name = name(level);
            values.put("coverage" + name, sums.covered / n);
            values.put("width" + name, sums.width / n);
            values.put("rawCoverage" + name, sums.rawCovered / n);
            values.put("rawWidth" + name, sums.rawWidth / n);
            if (counts) {
                values.put("closedCoverage" + name, sums.closed / n);
            }
        });
        return values;
    }
}
