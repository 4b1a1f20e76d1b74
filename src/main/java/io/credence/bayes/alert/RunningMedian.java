package io.credence.bayes.alert;

/**
 * A running median of positive numbers in constant memory: stochastic approximation on the logarithm.
 *
 * <p>m ← m + max(t^(−3/4), 0.005) · sign(ln x − m): each value moves the estimate by the same amount whatever its size, so an
 * outlier has no more pull than any other value, and the floor of the step lets it follow a slow drift (Robbins &amp;
 * Monro 1951; Tierney 1983). The stationary error is about 3 % of the scale. A value: {@link #observe} returns the next.
 *
 * @param logMedian natural logarithm of the estimate; meaningless while {@code count} is 0
 * @param count values observed, t
 */
public record RunningMedian(double logMedian, long count) {
    private static final double SMALLEST_STEP = 0.005;

    /** The median of nothing. */
    public static RunningMedian empty() {
        return new RunningMedian(0, 0);
    }

    /** Whether there is no estimate yet. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** The estimate; NaN while there is none. */
    public double value() {
        return isEmpty() ? Double.NaN : Math.exp(logMedian);
    }

    /**
     * The estimate after one more value.
     *
     * @param x the value; zero, negative and non-finite ones are ignored
     * @param weight factor of the step, 0…1
     */
    public RunningMedian observe(double x, double weight) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return this;
        }
        double log = Math.log(x);
        if (isEmpty()) {
            return new RunningMedian(log, 1);
        }
        long t = count + 1;
        double step = weight * Math.max(1 / Math.sqrt(t * Math.sqrt(t)), SMALLEST_STEP);
        double gap = log - logMedian;
        return new RunningMedian(logMedian + Math.copySign(Math.min(step, Math.abs(gap)), gap), t);
    }
}
