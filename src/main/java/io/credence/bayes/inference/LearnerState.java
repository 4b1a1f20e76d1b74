package io.credence.bayes.inference;

import io.credence.bayes.predict.ModelVersion;
import java.util.List;

/**
 * Everything a learner is between two steps: what is stored, replicated, snapshotted and exported. Its parts have the
 * names of the fields of a published snapshot, whose schema says how each is laid out; P is the number of weights, K
 * that of the members: 1, or 2 with a rival, whose numbers follow the champion's in each part.
 *
 * <p>A value: arrays are owned by it and must not be written to. Two states are the same model if their bytes are.
 *
 * @param modelKey the model; the empty string where there is a single one
 * @param fingerprint of the shape that it was made with: {@link Shape#fingerprint()}
 * @param version epoch and step
 * @param events labelled events consumed by the updates of this epoch's model, those before an import among them
 * @param rejected updates refused because they were not finite
 * @param iterateMu means μ of the iterate, which the update rule moves, [K × P]
 * @param iterateRho ρ of the iterate, σ = softplus(ρ), [K × P]
 * @param mu means μ of the posterior that predicts, an average over recent iterates, [K × P]
 * @param rho ρ of the posterior that predicts, [K × P]
 * @param optimiser moment vectors of the update rule, [K × vectors × P]; their number is the rule's
 * @param anchorMu means of the posterior that the champion was taken over with, its prior since; or empty, [P]
 * @param anchorRho ρ of the same, or empty, [P]
 * @param pastMu as {@link Past} lays it out; empty unless labels are late
 * @param lastLayer as {@link LastLayer} lays it out, [K × ((F + 1)(F + 2)/2 + 4)] for F units below the last layer; or empty
 * @param observationNoise as {@link ObservationNoise} lays it out, [K × 3], of counts {@link Dispersion}, [K × 6]
 * @param drift as {@link io.credence.bayes.drift.DriftLayer} lays it out; empty where there is no drift layer
 * @param standardisation as {@link Standardisation} lays it out, [14 × (columns + 1)]
 * @param counters as {@link PrequentialSums} lays them out, [10]
 * @param memory as {@link Memory} lays it out: how much of the past is believed, [8 + 2 × K]
 * @param calibration as {@link io.credence.bayes.predict.Calibration} lays it out; empty for classes
 * @param seen what features and classes have been like, as {@link Vigilance} lays it out
 * @param flags by which thresholds predictions are flagged, as {@link Vigilance} lays it out
 * @param labelBounds the least and the largest label, NaN for none, [2]
 */
public record LearnerState(
        String modelKey,
        long fingerprint,
        ModelVersion version,
        long events,
        long rejected,
        float[] iterateMu,
        float[] iterateRho,
        float[] mu,
        float[] rho,
        float[] optimiser,
        float[] anchorMu,
        float[] anchorRho,
        float[] pastMu,
        float[] lastLayer,
        double[] observationNoise,
        double[] drift,
        double[] standardisation,
        double[] counters,
        double[] memory,
        double[] calibration,
        double[] seen,
        double[] flags,
        double[] labelBounds) {
    /** How many of the parts are vectors of weights. */
    public static final int WEIGHT_PARTS = 9;

    /** How many of the parts are statistics. */
    public static final int STATISTIC_PARTS = 9;

    /**
     * A state of what {@link #weights()} and {@link #statistics()} list, in that order.
     *
     * @throws IllegalArgumentException if there are not {@link #WEIGHT_PARTS} and {@link #STATISTIC_PARTS} of them
     */
    public static LearnerState of(
            String modelKey,
            long fingerprint,
            ModelVersion version,
            long events,
            long rejected,
            List<float[]> weights,
            List<double[]> statistics) {
        if (weights.size() != WEIGHT_PARTS || statistics.size() != STATISTIC_PARTS) {
            throw new IllegalArgumentException("a state has " + WEIGHT_PARTS + " parts of weights and "
                    + STATISTIC_PARTS + " of statistics, not " + weights.size() + " and " + statistics.size());
        }
        return new LearnerState(
                modelKey,
                fingerprint,
                version,
                events,
                rejected,
                weights.get(0),
                weights.get(1),
                weights.get(2),
                weights.get(3),
                weights.get(4),
                weights.get(5),
                weights.get(6),
                weights.get(7),
                weights.get(8),
                statistics.get(0),
                statistics.get(1),
                statistics.get(2),
                statistics.get(3),
                statistics.get(4),
                statistics.get(5),
                statistics.get(6),
                statistics.get(7),
                statistics.get(8));
    }

    /** The parts in single precision, in the order of the components. */
    public List<float[]> weights() {
        return List.of(iterateMu, iterateRho, mu, rho, optimiser, anchorMu, anchorRho, pastMu, lastLayer);
    }

    /**
     * The parts in double precision: {@code observationNoise drift standardisation counters memory calibration
     * seen flags labelBounds}.
     */
    public List<double[]> statistics() {
        return List.of(
                observationNoise, drift, standardisation, counters, memory, calibration, seen, flags, labelBounds);
    }

    /** The events that the champion stands for, N: its memory, before the policy of the configuration. */
    public double remembered() {
        return Memory.events(memory, 0);
    }

    /** The evidence that the rival predicts better than the champion, nats; a take-over sets it to zero. */
    public double rivalEvidence() {
        return memory[Rivalry.EVIDENCE];
    }

    /** The share of the rival in predictions, from 0 to 1; 0 where there is no rival. */
    public double rivalWeight() {
        return memory.length > Memory.length(1) ? memory[Rivalry.WEIGHT] : 0;
    }

    /** How often the rival has taken over. */
    public long takeOvers() {
        return (long) memory[Rivalry.TAKE_OVERS];
    }

    /** The same state as another model or in another epoch; the arrays are shared. */
    public LearnerState named(String otherModelKey, long otherEpoch) {
        return of(
                otherModelKey,
                fingerprint,
                new ModelVersion(otherEpoch, version.step()),
                events,
                rejected,
                weights(),
                statistics());
    }
}
