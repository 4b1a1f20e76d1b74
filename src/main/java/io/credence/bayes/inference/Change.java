package io.credence.bayes.inference;

import java.util.List;

/**
 * A change of a stream: told once, by the event with which it was certain.
 *
 * @param cause what has changed
 * @param evidence that it has, nats
 * @param threshold above which evidence alone is enough; it may be less where a rival took over or the statistics of a
 *     column or of the label started over
 * @param firstEvent number of the first event of the stretch in which it happened, from 1
 * @param lastEvent number of the last, with which it was told
 * @param firstTime event time of the first, milliseconds
 * @param lastTime event time of the last
 * @param lossBefore mean size of the networks' errors without the drift layer before, in deviations of the label; of
 *     classes what the probability of the label lacks to 1
 * @param lossAfter the same within the stretch
 * @param level mean error within the stretch less that before: how far labels lie above what was learned
 * @param inputs features, at most 16: that with the largest part of the cause first
 */
public record Change(
        Cause cause,
        double evidence,
        double threshold,
        long firstEvent,
        long lastEvent,
        long firstTime,
        long lastTime,
        double lossBefore,
        double lossAfter,
        double level,
        List<Input> inputs) {
    /** What has changed. */
    public enum Cause {
        /** Where the events lie. */
        INPUTS,
        /** How the label depends on the features. */
        RELATION,
        /** How far labels scatter around what the features tell. */
        NOISE
    }

    /**
     * The part of a feature.
     *
     * @param feature its field
     * @param moved how far its mean has moved, in its deviations; of several columns the one that has moved farthest
     * @param spread the mean distance from where it was usual, over that before
     * @param share of all that has moved among the inputs, 0 to 1
     * @param relation share of what has moved between features and errors, 0 to 1
     */
    public record Input(String feature, double moved, double spread, double share, double relation) {}

    public Change {
        inputs = List.copyOf(inputs);
    }
}
