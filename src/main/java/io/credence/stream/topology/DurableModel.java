package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Step;
import io.credence.stream.state.LearnerStore;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One model while it learns: the learner on the heap and its checkpoint with redo log in the stores.
 *
 * <p>An example is folded first and logged then, both before {@code process()} returns, so that no offset is committed
 * of an example that is in neither the checkpoint nor the log.
 */
final class DurableModel {
    /**
     * Examples since the checkpoint that are sooner folded again than a state is written: a model of 5,000 weights takes
     * 170 KB, its example a hundred bytes.
     */
    private static final int FEW = 8;

    private OnlineLearner learner;
    private final LearnerStore store;
    private final int checkpointEvents;
    private @Nullable Step last;
    private boolean stepped;
    private SourceOffsets learned;

    private DurableModel(OnlineLearner learner, LearnerStore store, int checkpointEvents) {
        this.learner = learner;
        this.store = store;
        this.checkpointEvents = checkpointEvents;
        this.learned = store.learned();
    }

    /** The learner as it was when the last example was logged: its checkpoint, and the logged examples folded again. */
    static DurableModel open(ModelSpec spec, LearnerStore store, int checkpointEvents) {
        LearnerState checkpoint = store.checkpoint();
        OnlineLearner learner = checkpoint == null
                ? OnlineLearner.create(spec, store.modelKey())
                : OnlineLearner.resume(spec, checkpoint, store.reservoir());
        DurableModel live = new DurableModel(learner, store, checkpointEvents);
        store.unfolded().forEach(live::fold);
        return live;
    }

    /**
     * Learns one example and makes sure that it survives. Returns what the step did, if there was one.
     *
     * @param source the record that the example was made from
     */
    @Nullable
    Step learn(Observation example, Origin source) {
        Step step = fold(example);
        if (example.replaced() == null) {
            store.places().take(taken(), source);
        }
        learned = learned.with(source);
        store.log(example, learned);
        if (stepped && store.unfoldedCount() >= checkpointEvents) {
            checkpoint();
        }
        return step;
    }

    /** Becomes what a command has made of the model, which survives from now on. */
    void become(OnlineLearner other) {
        store.checkpoint(other.state(), other.reservoir().drainChanges(), other.pending());
        learner = other;
        last = null;
        stepped = false;
    }

    /**
     * The model may leave the heap: its state is written where folding the logged examples again would take longer. A model
     * that seldom learns is then written once for several examples.
     */
    void rest() {
        if (store.unfoldedCount() >= FEW) {
            checkpoint();
        }
    }

    /** Writes the state of the last step, if it has not been written. */
    private void checkpoint() {
        if (stepped) {
            store.checkpoint(learner.state(), learner.reservoir().drainChanges(), learner.pending());
            stepped = false;
        }
    }

    /** The last label taken from each input partition, those of the open minibatch among them. */
    SourceOffsets learned() {
        return learned;
    }

    /** Labelled events that were taken, those of the open minibatch among them. */
    long taken() {
        return learner.events()
                + learner.openBatch().stream()
                        .filter(entry -> entry.replaced() == null)
                        .count();
    }

    OnlineLearner learner() {
        return learner;
    }

    LearnerStore store() {
        return store;
    }

    /** The last step since the learner was opened. */
    @Nullable
    Step last() {
        return last;
    }

    private @Nullable Step fold(Observation example) {
        Step step = learner.fold(example);
        last = step == null ? last : step;
        // A correction changes the state without a step.
        stepped |= step != null || learner.pending() == 0;
        return step;
    }
}
