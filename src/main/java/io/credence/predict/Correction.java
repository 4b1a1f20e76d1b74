package io.credence.predict;

/**
 * A last adjustment of the network's moments, such as the drift layer's; a pure function while a posterior is frozen.
 */
@FunctionalInterface
public interface Correction {
    /** No adjustment. */
    Correction NONE = (moments, x) -> moments;

    /**
     * The adjusted moments.
     *
     * @param moments what the network says, in standardised units
     * @param x the event's standardised features
     */
    Moments apply(Moments moments, float[] x);
}
