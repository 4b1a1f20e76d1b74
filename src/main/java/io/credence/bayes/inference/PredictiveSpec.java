package io.credence.bayes.inference;

/**
 * How predictions are made.
 *
 * @param samples Monte-Carlo samples, S
 * @param interval probability of the central interval, such as 0.95
 * @param warmupEvents labelled events before which a model counts as warming up
 */
public record PredictiveSpec(int samples, double interval, long warmupEvents) {
    /** @throws IllegalArgumentException if a setting is out of range */
    public PredictiveSpec {
        Settings.atLeast("samples", samples, 1);
        if (!(interval > 0 && interval < 1)) {
            throw Settings.refused("interval", interval, "a probability between 0 and 1");
        }
        Settings.atLeast("warmupEvents", warmupEvents, 0);
    }

    /** The defaults: 32 samples, a 95 % interval, 100 events to warm up. */
    public static PredictiveSpec defaults() {
        return new PredictiveSpec(32, 0.95, 100);
    }
}
