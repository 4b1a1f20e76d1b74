package io.credence.inference;

import io.credence.feature.Observation;
import java.util.List;

/**
 * A uniform sample of all past events (Vitter 1985, algorithm R), kept in a fixed number of slots.
 *
 * <p>Slots change only when events are consumed by a step, so that a learner resumed from state and slots of one moment
 * draws the same events.
 */
public final class Reservoir {
    /** One stored event. */
    public record Slot(int index, Observation event) {}

    /** The slots overwritten since the last call, to be stored beside the state of the same moment. */
    public List<Slot> drainChanges() {
        throw new IllegalStateException("not yet");
    }
}
