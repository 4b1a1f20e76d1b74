package io.credence.bayes.predict;

/**
 * A central interval of a prediction, in target units.
 *
 * @param level the share of labels that it is to cover
 * @param lower lower end, calibrated by how often such ends were missed
 * @param upper upper end
 * @param rawLower lower end as the predictive distribution has it
 * @param rawUpper upper end
 */
public record Interval(double level, double lower, double upper, double rawLower, double rawUpper) {
    /** The interval of what has this mean and deviation, where this one is of what has mean 0 and deviation 1. */
    Interval scaled(double mean, double deviation) {
        return new Interval(
                level,
                mean + deviation * lower,
                mean + deviation * upper,
                mean + deviation * rawLower,
                mean + deviation * rawUpper);
    }

    /** The same with each end held within bounds. */
    Interval within(double min, double max) {
        return new Interval(
                level,
                held(lower, min, max),
                held(upper, min, max),
                held(rawLower, min, max),
                held(rawUpper, min, max));
    }

    static double held(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }

    /** Of an error that is standard normal. */
    static Interval normal(double level) {
        double end = Quantiles.normal(0.5 + level / 2);
        return new Interval(level, -end, end, -end, end);
    }

    /** Whether a label lies inside, ends included. */
    public boolean covers(double label) {
        return Measures.covers(lower, upper, label);
    }

    /** The same of the interval that is not calibrated. */
    public boolean rawCovers(double label) {
        return Measures.covers(rawLower, rawUpper, label);
    }
}
