package io.credence.bayes.inference;

import java.util.List;

/**
 * How predictions are made.
 *
 * @param samples Monte-Carlo samples, S
 * @param interval probability of the central interval, such as 0.95
 * @param levels probabilities of further central intervals that a prediction carries, rising
 * @param warmupEvents labelled events before which a model counts as warming up
 * @param flagShare share of the events of late that are flagged as uncertain
 * @param alarmShare share of the events that may be alarms on a stream without anomalies
 */
public record PredictiveSpec(
        int samples, double interval, List<Double> levels, long warmupEvents, double flagShare, double alarmShare) {
    /** All shares of flagged events are below: what is flagged is unusual. */
    public static final double MOST_FLAGGED = 0.5;

    /** All shares of alarms are below: what is an alarm is rarer than what is flagged. */
    public static final double MOST_ALARMS = 0.01;

    /** @throws IllegalArgumentException if a setting is out of range */
    public PredictiveSpec {
        Settings.atLeast("samples", samples, 1);
        if (!(interval > 0 && interval < 1)) {
            throw Settings.refused("interval", interval, "a probability between 0 and 1");
        }
        levels = levels.stream().distinct().sorted().toList();
        for (double level : levels) {
            if (!(level > 0 && level < 1)) {
                throw Settings.refused("levels", level, "probabilities between 0 and 1");
            }
        }
        Settings.atLeast("warmupEvents", warmupEvents, 0);
        if (!(flagShare > 0 && flagShare < MOST_FLAGGED)) {
            throw Settings.refused("flagShare", flagShare, "above 0 and below " + MOST_FLAGGED);
        }
        if (!(alarmShare > 0 && alarmShare < MOST_ALARMS)) {
            throw Settings.refused("alarmShare", alarmShare, "above 0 and below " + MOST_ALARMS);
        }
    }

    /**
     * The defaults: 32 samples, a 95 % interval and those of 50, 80, 90, 95 and 99 %, 100 events to warm up, and a
     * hundredth of the events flagged as uncertain, and six alarms in 10,000 events.
     */
    public static PredictiveSpec defaults() {
        return new PredictiveSpec(32, 0.95, List.of(0.5, 0.8, 0.9, 0.95, 0.99), 100, 0.01, 0.0006);
    }
}
