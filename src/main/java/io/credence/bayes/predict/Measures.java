package io.credence.bayes.predict;

/** The measures of a forecast that several reports give, one formula each. */
public final class Measures {
    private Measures() {}

    /**
     * Root mean squared error, in target units; NaN before the first event.
     *
     * @param squaredError Σ (y − mean)² over the events
     */
    public static double rmse(double squaredError, long events) {
        return Math.sqrt(squaredError / events);
    }

    /** Whether a label lies in an interval, its ends included; false where the interval is NaN. */
    public static boolean covers(double lower, double upper, double label) {
        return lower <= label && label <= upper;
    }

    /**
     * Share of the labels that lay in their interval, 0 to 1; NaN before the first event.
     *
     * @param covered events for which {@link #covers} held
     */
    public static double coverage(long covered, long events) {
        return (double) covered / events;
    }
}
