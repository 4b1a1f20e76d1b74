package io.credence.tool.evaluate;

import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Measures;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics of a real or counted target: RMSE, MAE, mean negative log-likelihood and CRPS in target units, and coverage and
 * mean width of the predictions' central intervals.
 *
 * <p>{@code coverage95} and {@code width95} are those of the interval from lower to upper, whatever it is configured to
 * hold; {@code width95Range} is its mean width as a share of the range of the labels added. Of every level of the further
 * intervals there are {@code coverageNN} and {@code widthNN}, and {@code rawCoverageNN} and {@code rawWidthNN} of the
 * interval before calibration. Of counts the coverage is that of the randomised probability transform F(y − 1) + u·p(y),
 * which can be nominal although ends are whole numbers, and {@code closedCoverageNN} that of the closed interval.
 */
final class RealMetrics implements Metrics {
    private long count;
    private double squares;
    private double absolutes;
    private double nll;
    private double crps;
    private long covered;
    private double width;
    private final IntervalMetrics intervals = new IntervalMetrics();
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    @Override
    public void add(Prediction prediction, double label) {
        if (prediction instanceof RealPrediction real) {
            crps += Crps.gaussian(real.mean(), real.deviation(), label);
        } else if (prediction instanceof CountPrediction counted) {
            crps += Crps.count(counted, label);
        } else {
            throw new IllegalArgumentException("a class prediction has no real label");
        }
        intervals.add(prediction, label);
        double error = label - prediction.mean();
        count++;
        covered += prediction.covers(label) ? 1 : 0;
        width += prediction.upper() - prediction.lower();
        squares += error * error;
        absolutes += Math.abs(error);
        nll -= prediction.logLikelihood(label);
        least = Math.min(least, label);
        most = Math.max(most, label);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        if (count > 0) {
            values.put("rmse", Measures.rmse(squares, count));
            values.put("mae", absolutes / count);
            values.put("nll", nll / count);
            values.put("crps", crps / count);
            values.put("coverage95", Measures.coverage(covered, count));
            values.put("width95", width / count);
            if (most > least) {
                values.put("width95Range", width / count / (most - least));
            }
            values.putAll(intervals.values());
        }
        return values;
    }
}
