package io.credence.stream.state;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.Reservoir;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One model as it is stored: a checkpoint of its learner, the replay reservoir of the same moment, and the redo log of
 * the examples since.
 *
 * <p>Every example is logged as it arrives; the learner's state is written every so many examples. Folding the logged
 * examples into the checkpoint gives the learner back, byte by byte, with its half-filled minibatch.
 */
public final class LearnerStore {
    private final TaskStores stores;
    private final String modelKey;
    private final RingStore ring;

    LearnerStore(TaskStores stores, String modelKey) {
        this.stores = stores;
        this.modelKey = modelKey;
        this.ring = new RingStore(stores.ring(), modelKey, stores.ringCapacity());
    }

    /** The model. */
    public String modelKey() {
        return modelKey;
    }

    /**
     * The checkpoint, or null before the first.
     *
     * @throws StoredBytesException if it is corrupt, of an unknown version or of another shape
     */
    public @Nullable LearnerState checkpoint() {
        return LearnerStateFormat.decode(
                i -> stores.state().get(StoreKey.of(StoreKey.CHUNK, modelKey, i)), stores.fingerprint());
    }

    /** The slots of the replay reservoir that were ever stored; the checkpoint says which of them are held. */
    public List<Reservoir.Slot> reservoir() {
        List<Reservoir.Slot> slots = new ArrayList<>();
        addSlots(0, slots);
        addSlots(Reservoir.OLDER, slots);
        return slots;
    }

    private void addSlots(int from, List<Reservoir.Slot> slots) {
        for (int i = from; ; i++) {
            byte[] bytes = stores.reservoir().get(StoreKey.of(StoreKey.SLOT, modelKey, i));
            if (bytes == null) {
                return;
            }
            slots.add(new Reservoir.Slot(i, ExampleFormat.decode(bytes, modelKey, stores.fingerprint())));
        }
    }

    /** The examples logged since the checkpoint, oldest first. */
    public List<Observation> unfolded() {
        return ring.entries().stream()
                .map(bytes -> ExampleFormat.decode(bytes, modelKey, stores.fingerprint()))
                .toList();
    }

    /** Examples ever logged. */
    public long logged() {
        return ring.head();
    }

    /** Examples logged since the checkpoint. */
    public int unfoldedCount() {
        return ring.size();
    }

    /**
     * Logs an example.
     *
     * @param learned the last label taken from each input partition, this one among them
     * @throws IllegalStateException if a checkpoint is overdue
     */
    public void log(Observation example, SourceOffsets learned) {
        ring.append(ExampleFormat.encode(example, stores.fingerprint()));
        stores.state().put(learnedKey(), learned.encode());
    }

    /** The last label that was logged of each input partition. */
    public SourceOffsets learned() {
        byte[] bytes = stores.state().get(learnedKey());
        return bytes == null ? SourceOffsets.NONE : SourceOffsets.decode(bytes);
    }

    private Bytes learnedKey() {
        return StoreKey.of(StoreKey.LEARNED, modelKey, 0);
    }

    /**
     * Writes a checkpoint: no example that it has consumed is folded again, nor is one that a command has dropped.
     *
     * @param state the learner after its last step
     * @param changes the reservoir's slots overwritten since the last checkpoint
     * @param open logged examples that the state has not consumed: the open minibatch
     */
    public void checkpoint(LearnerState state, List<Reservoir.Slot> changes, int open) {
        write(state);
        for (Reservoir.Slot slot : changes) {
            stores.reservoir()
                    .put(
                            StoreKey.of(StoreKey.SLOT, modelKey, slot.index()),
                            ExampleFormat.encode(slot.event(), stores.fingerprint()));
        }
        ring.release(ring.head() - open);
    }

    private void write(LearnerState state) {
        List<byte[]> chunks = LearnerStateFormat.encode(state, stores.chunkBytes());
        for (int i = 0; i < chunks.size(); i++) {
            stores.state().put(StoreKey.of(StoreKey.CHUNK, modelKey, i), chunks.get(i));
        }
    }

    /** Where the first events of its last blocks lie. */
    public BlockPlaces places() {
        return new BlockPlaces(stores.state(), modelKey);
    }

    /** What was published last. */
    public LearnerMarks marks() {
        byte[] bytes = stores.state().get(marksKey());
        return bytes == null ? LearnerMarks.NONE : LearnerMarks.decode(bytes);
    }

    /** Remembers what was published. */
    public void mark(LearnerMarks marks) {
        stores.state().put(marksKey(), marks.encode());
    }

    private Bytes marksKey() {
        return StoreKey.of(StoreKey.MARKS, modelKey, 0);
    }
}
