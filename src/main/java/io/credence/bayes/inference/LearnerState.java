package io.credence.bayes.inference;

/**
 * Everything a learner is between two steps: what is stored, replicated, snapshotted and exported.
 *
 * <p>A value: arrays are owned by it and must not be written to. Two states are the same model if their bytes are.
 *
 * @param modelKey the model; the empty string where there is a single one
 * @param fingerprint identity of the shape: features, network and likelihood
 * @param epoch rises with import, reset and rollback
 * @param step updates applied within the epoch
 * @param events labelled events consumed by those updates
 * @param rejected updates refused because they were not finite
 * @param mu variational means μ, float32, in {@code ParameterLayout} order
 * @param rho variational parameters ρ with σ = softplus(ρ), same shape as μ
 * @param moments the update rule's moment vectors, concatenated
 * @param standardisation running statistics of the columns and of the target, as the standardiser lays them out
 * @param noise statistics of the observation noise and of the drift layer
 * @param prequential sums of the test-then-train metrics since the beginning
 */
public record LearnerState(
        String modelKey,
        long fingerprint,
        long epoch,
        long step,
        long events,
        long rejected,
        float[] mu,
        float[] rho,
        float[] moments,
        double[] standardisation,
        double[] noise,
        double[] prequential) {
    /** The same state as another model or in another epoch; the arrays are shared. */
    public LearnerState named(String otherModelKey, long otherEpoch) {
        return new LearnerState(
                otherModelKey,
                fingerprint,
                otherEpoch,
                step,
                events,
                rejected,
                mu,
                rho,
                moments,
                standardisation,
                noise,
                prequential);
    }
}
