package io.credence.bayes.drift;

/**
 * A change of columns.
 *
 * @param cause what has changed
 * @param evidence of it, nats; small where a rival or a restart tells it
 * @param events how many of the last events are its stretch
 * @param fromTime time of the first of them
 * @param lossBefore mean loss of late before it
 * @param lossAfter mean loss in it
 * @param level mean error in it, less that before
 * @param moved how far each mean has moved, in deviations
 * @param spread sizes over those before
 * @param inputs how certain it is of each column that it has moved, squared deviations of its means
 * @param relations the same of what its product with the error is
 */
public record FoundChange(
        Cause cause,
        double evidence,
        long events,
        long fromTime,
        double lossBefore,
        double lossAfter,
        double level,
        double[] moved,
        double[] spread,
        double[] inputs,
        double[] relations) {
    /** What has changed. */
    public enum Cause {
        /** Where the events lie: labels follow from the features as before, as far as is known. */
        INPUTS,
        /** How the label depends on the features. */
        RELATION,
        /** How far labels scatter. */
        NOISE
    }
}
