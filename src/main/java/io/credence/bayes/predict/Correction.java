package io.credence.bayes.predict;

/**
 * A last adjustment of the network's moments, such as the drift layer's; a pure function while a posterior is frozen.
 */
@FunctionalInterface
public interface Correction {
    /** The event time of events that are unrelated in time to what was learned. */
    long ANYTIME = Long.MIN_VALUE;

    /** No adjustment. */
    Correction NONE = (moments, x, eventTime) -> moments;

    /**
     * The adjusted moments.
     *
     * @param moments what the network says, in standardised units
     * @param x the event's standardised features
     * @param eventTime of the event, milliseconds, or {@link #ANYTIME}
     */
    Moments apply(Moments moments, float[] x, long eventTime);
}
