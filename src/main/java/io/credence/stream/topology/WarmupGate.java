package io.credence.stream.topology;

import io.credence.bayes.predict.ModelInfo;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.WarmupSection;
import io.credence.stream.config.WarmupSection.Policy;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.state.WaitingEvents;
import io.credence.stream.state.WaitingEvents.Waiting;
import io.credence.stream.state.WarmupMarks;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets events wait until their model has learned the labels that were there before them.
 *
 * <p>An event waits for the last label of its model that the task has seen before it in its partition, and for those that
 * lay in other partitions, or on a topic of their own, when the instance started. Once an event was scored by a model that is warm and
 * has learned them, the warm-up is over for that model in this task, and nothing waits for it any more. The order of a
 * model's events is kept; those of another model may overtake.
 *
 * <p>Not every label can be learned: the last one may be bad, of another model, or in a minibatch that does not fill. A
 * model that has stood still for some time has learned what it will.
 */
final class WarmupGate {
    private static final Logger LOG = LoggerFactory.getLogger(WarmupGate.class);

    /** Publish intervals for which a model that stands still has not moved. */
    private static final int STILL_PUBLICATIONS = 5;

    /** The least time for that, milliseconds. */
    private static final long STILL_MS = 5_000;

    private static final int REMEMBERED = 10_000;

    private final WarmupSection config;
    private final boolean oneTopic;
    private final boolean keyed;
    private final long stillMs;
    private final WaitingEvents store;
    private final KeyValueStore<Bytes, byte[]> marks;
    private final VerdictMaker models;
    private final InputReads reads;
    private final Map<String, ModelQueue> queues = new LinkedHashMap<>();
    private final LeastRecent<Boolean> finished = new LeastRecent<>(REMEMBERED, gone -> {});
    private final LeastRecent<SourceOffsets> givenUp = new LeastRecent<>(REMEMBERED, gone -> {});
    private int count;
    private long bytes;
    private boolean told;

    /**
     * @param pending where the waiting events are stored
     * @param marks where it is remembered whether a warm-up is over
     * @param models the newest ones
     * @param reads of the topic with the labels
     */
    WarmupGate(
            CredenceConfig config,
            KeyValueStore<Bytes, byte[]> pending,
            KeyValueStore<Bytes, byte[]> marks,
            VerdictMaker models,
            InputReads reads) {
        this.config = config.warmup();
        this.oneTopic = config.topics().shared();
        this.keyed = config.events().modelKey() != null;
        this.stillMs =
                Math.max(STILL_MS, STILL_PUBLICATIONS * config.publishing().intervalMs());
        this.store = new WaitingEvents(pending);
        this.marks = marks;
        this.models = models;
        this.reads = reads;
    }

    /**
     * Takes back what waited when the task was last committed.
     *
     * @param reader reads an event again; gives null if that cannot be done any more
     */
    void reload(Function<RawRecord, @Nullable Event> reader) {
        queues.clear();
        count = 0;
        bytes = 0;
        for (Waiting waiting : store.all()) {
            Event event = reader.apply(waiting.raw());
            if (event == null) {
                store.remove(waiting);
            } else {
                enqueue(new ModelQueue.Held(waiting, event));
            }
        }
    }

    /** Whether events wait that have not been taken back. */
    boolean holdsSome() {
        return !store.isEmpty();
    }

    /** Whether no event waits. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Whether more wait than may. */
    boolean isOverfull() {
        return count > config.waitEvents() || bytes > config.waitBytes();
    }

    /** Takes note of a label that the learner will get. */
    void label(Event event) {
        String modelKey = event.observation().modelKey();
        WarmupMarks known = marks(modelKey);
        if (!known.over()) {
            new WarmupMarks(false, known.read().with(event.raw().at())).write(marks, modelKey);
        }
    }

    /**
     * Lets an event wait if it has to.
     *
     * @param now wall-clock time, milliseconds since the epoch
     * @return whether it waits; otherwise it may be scored
     */
    boolean holds(Event event, long now) {
        if (config.policy() == Policy.FLAG && queues.isEmpty()) {
            return false;
        }
        String modelKey = event.observation().modelKey();
        WarmupMarks known = marks(modelKey);
        if (!queues.containsKey(modelKey) && mayBeScored(modelKey, event.raw().at(), known.read())) {
            return false;
        }
        enqueue(new ModelQueue.Held(store.add(now, known.read(), event.raw()), event));
        tell(modelKey);
        return true;
    }

    /**
     * The events whose wait is over, in the order in which they came; they are gone from the store.
     *
     * @param now wall-clock time, milliseconds since the epoch
     */
    List<Event> due(long now) {
        List<ModelQueue.Held> due = new ArrayList<>();
        for (ModelQueue queue : queues.values()) {
            queue.look(models.newest(queue.modelKey()).version(), now);
            while (!queue.isEmpty() && isDue(queue, now)) {
                due.add(take(queue));
            }
        }
        while (isOverfull()) {
            due.add(take(Collections.min(queues.values(), Comparator.comparingLong(ModelQueue::oldest))));
        }
        queues.values().removeIf(queue -> queue.isEmpty());
        due.sort(Comparator.comparingLong(held -> held.waiting().number()));
        return due.stream().map(held -> held.event()).toList();
    }

    /** Once for each task, so that nobody wonders where the predictions are. */
    private void tell(String modelKey) {
        if (!told) {
            told = true;
            LOG.info(
                    "Model '{}' is warming up: its events wait until the labels before them are learned, at most {} ms ({},"
                            + " {})",
                    modelKey,
                    config.waitMs(),
                    WarmupSection.POLICY,
                    WarmupSection.WAIT);
        }
    }

    private boolean isDue(ModelQueue queue, long now) {
        ModelQueue.Held first = queue.first();
        SourceOffsets labels = first.waiting().labels();
        if (mayBeScored(queue.modelKey(), first.event().raw().at(), labels)) {
            return true;
        }
        ModelInfo model = models.newest(queue.modelKey());
        boolean still = queue.standsFor(now) >= stillMs && model.events() > 0 && isGoodEnough(model);
        if (!still && first.waits(now) < config.waitMs()) {
            return false;
        }
        SourceOffsets asked = asked(labels);
        if (asked != null) {
            givenUp.put(queue.modelKey(), asked);
        }
        return true;
    }

    private boolean mayBeScored(String modelKey, Origin at, SourceOffsets labels) {
        boolean over = marks(modelKey).over();
        if (config.policy() == Policy.FLAG || (over && config.policy() == Policy.WAIT)) {
            return true;
        }
        ModelInfo model = models.newest(modelKey);
        if (!over && !isLearned(modelKey, at, labels)) {
            return false;
        }
        if (!over && !model.warmingUp()) {
            WarmupMarks.OVER.write(marks, modelKey);
            finished.put(modelKey, true);
        }
        return isGoodEnough(model);
    }

    private boolean isGoodEnough(ModelInfo model) {
        return config.policy() != Policy.WITHHOLD || !model.warmingUp();
    }

    private boolean isLearned(String modelKey, Origin at, SourceOffsets labels) {
        SourceOffsets asked = asked(labels);
        if (asked == null) {
            return false;
        }
        SourceOffsets given = givenUp.get(modelKey);
        SourceOffsets learned = models.learned(modelKey);
        if (given != null && given.covers(asked)) {
            return true;
        }
        if (oneTopic) {
            return learned.covers(asked) && (keyed || reads.othersAreIn(learned, SourceOffsets.partition(at)));
        }
        // Of a topic that many models share, a model can only be asked for the partitions in which its labels are.
        SourceOffsets own = keyed ? asked.within(learned) : asked;
        return asked.isEmpty() || (!own.isEmpty() && learned.covers(own));
    }

    /** The labels that an event waits for; null while they are not known. */
    private @Nullable SourceOffsets asked(SourceOffsets labels) {
        return oneTopic ? labels : reads.ends().known();
    }

    private WarmupMarks marks(String modelKey) {
        if (finished.get(modelKey) != null) {
            return WarmupMarks.OVER;
        }
        WarmupMarks read = WarmupMarks.read(marks, modelKey);
        if (read.over()) {
            finished.put(modelKey, true);
        }
        return read;
    }

    private void enqueue(ModelQueue.Held held) {
        queues.computeIfAbsent(held.event().observation().modelKey(), ModelQueue::new)
                .add(held);
        count++;
        bytes += held.waiting().bytes();
    }

    private ModelQueue.Held take(ModelQueue queue) {
        ModelQueue.Held held = queue.remove();
        store.remove(held.waiting());
        count--;
        bytes -= held.waiting().bytes();
        return held;
    }
}
