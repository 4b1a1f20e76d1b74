package io.credence.stream.topology;

import io.credence.stream.state.TaskStores;

/** A model in the stores of a learning task, opened beside it. */
final class SimStored {
    private static final Names NAMES = new Names("");

    private SimStored() {}

    static DurableModel open(SimCase world, SimTask task, String model) {
        var publishing = world.config.publishing();
        TaskStores stores = new TaskStores(
                task.store(NAMES.learnerState()),
                task.store(NAMES.learnerRing()),
                task.store(NAMES.learnerReservoir()),
                world.config.model().shape().fingerprint(),
                1,
                publishing.chunkBytes());
        return DurableModel.open(world.config.model(), stores.open(model), publishing.checkpointEvents());
    }
}
