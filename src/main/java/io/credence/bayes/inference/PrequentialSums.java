package io.credence.bayes.inference;

import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.Measures;
import io.credence.bayes.predict.Prediction;

/**
 * Cumulative sums of the test-then-train metrics (Gama, Sebastião &amp; Rodrigues 2013); differences of two of them give
 * the metrics of the events between.
 *
 * @param n events tested
 * @param squaredError Σ (y − mean)², for regression and counts
 * @param absoluteError Σ |y − mean|
 * @param negativeLogLikelihood Σ −log p(y), nats, target units
 * @param covered events inside the central interval
 * @param correct events whose likeliest class was right
 * @param lastValueSquaredError Σ (y − previous y)²: the persistence baseline
 * @param runningMeanSquaredError Σ (y − mean of all previous y)²: the running-mean baseline
 * @param lastLabel the previous label
 * @param labelMean mean of all labels so far
 */
public record PrequentialSums(
        long n,
        double squaredError,
        double absoluteError,
        double negativeLogLikelihood,
        long covered,
        long correct,
        double lastValueSquaredError,
        double runningMeanSquaredError,
        double lastLabel,
        double labelMean) {
    /** The length of the stored form: the numbers of this record in their order. */
    public static final int LENGTH = 10;

    /** Nothing tested yet. */
    public static final PrequentialSums NONE = new PrequentialSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Sums from their stored form. */
    public static PrequentialSums of(double[] a) {
        return new PrequentialSums((long) a[0], a[1], a[2], a[3], (long) a[4], (long) a[5], a[6], a[7], a[8], a[9]);
    }

    /** The stored form. */
    public double[] toArray() {
        return new double[] {
            n,
            squaredError,
            absoluteError,
            negativeLogLikelihood,
            covered,
            correct,
            lastValueSquaredError,
            runningMeanSquaredError,
            lastLabel,
            labelMean
        };
    }

    /** The sums after one more tested event. */
    public PrequentialSums plus(Prediction prediction, double label) {
        return plus(
                label,
                prediction.mean(),
                prediction.logLikelihood(label),
                prediction.covers(label),
                prediction instanceof ClassPrediction p && p.likeliest() == (int) label);
    }

    /** The same, by what was predicted when the event was asked about if that is known. */
    PrequentialSums plus(Prediction prediction, Observation event) {
        Foretold then = event.prior();
        double label = event.label();
        if (then == null) {
            return plus(prediction, label);
        }
        boolean hits = prediction instanceof ClassPrediction && Math.rint(then.mean()) == label;
        return plus(label, then.mean(), then.logScore(), then.covers(label), hits);
    }

    /**
     * The sums after an event that they count has got another label: its terms are taken out, and those by the new label put
     * in. The baselines stay what they were as labels came.
     */
    PrequentialSums corrected(double before, Foretold by, double after, Foretold now) {
        boolean classes = now.lower().isEmpty();
        double was = before - by.mean();
        double is = after - now.mean();
        return new PrequentialSums(
                n,
                Math.max(0, squaredError - was * was + is * is),
                Math.max(0, absoluteError - Math.abs(was) + Math.abs(is)),
                negativeLogLikelihood + by.logScore() - now.logScore(),
                covered + (now.covers(after) ? 1 : 0) - (by.covers(before) ? 1 : 0),
                correct
                        + (classes && Math.rint(now.mean()) == after ? 1 : 0)
                        - (classes && Math.rint(by.mean()) == before ? 1 : 0),
                lastValueSquaredError,
                runningMeanSquaredError,
                lastLabel,
                labelMean + (after - before) / n);
    }

    private PrequentialSums plus(double label, double mean, double logScore, boolean covers, boolean hits) {
        double error = label - mean;
        double fromLast = label - lastLabel;
        double fromMean = label - labelMean;
        return new PrequentialSums(
                n + 1,
                squaredError + error * error,
                absoluteError + Math.abs(error),
                negativeLogLikelihood - logScore,
                covered + (covers ? 1 : 0),
                correct + (hits ? 1 : 0),
                lastValueSquaredError + fromLast * fromLast,
                runningMeanSquaredError + fromMean * fromMean,
                label,
                labelMean + fromMean / (n + 1));
    }

    /** Root mean squared error; NaN before the first event. */
    public double rmse() {
        return Measures.rmse(squaredError, n);
    }

    /** Mean absolute error. */
    public double mae() {
        return absoluteError / n;
    }

    /** Mean negative log-likelihood, nats. */
    public double nll() {
        return negativeLogLikelihood / n;
    }

    /** Share of the labels inside the central interval. */
    public double coverage() {
        return Measures.coverage(covered, n);
    }

    /** Share of the labels whose class was predicted. */
    public double accuracy() {
        return (double) correct / n;
    }
}
