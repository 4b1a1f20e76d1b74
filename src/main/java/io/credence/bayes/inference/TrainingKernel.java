package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import java.util.List;

/**
 * The training step alone, without the test before it, the statistics and the reservoir: what benchmarks measure.
 *
 * <p>One thread.
 */
public final class TrainingKernel {
    private final Belief belief;
    private final Trainer trainer;
    private final List<List<Observation>> batches;
    private int next;

    /**
     * @param spec of the model; replay is not used
     * @param batches minibatches of its size, trained on in turn
     */
    public TrainingKernel(ModelSpec spec, List<List<Observation>> batches) {
        this.belief = Belief.create(spec.shape(), "", 0);
        this.trainer = new Trainer(belief, new Reservoir(0, 0));
        this.batches = List.copyOf(batches);
        for (List<Observation> batch : batches) {
            for (Observation event : batch) {
                Units.learn(belief, event, List.of());
                belief.consume(1);
            }
        }
    }

    /** Trains on the next minibatch. */
    public void step() {
        trainer.train(batches.get(next));
        next = (next + 1) % batches.size();
    }

    /** Expected negative log-likelihood that the last step's estimate gave, scaled to N events, nats. */
    public double fit() {
        return trainer.fit();
    }

    /** Updates refused because they were not finite: none, or the measurement is worthless. */
    public long rejected() {
        return belief.rejected();
    }
}
