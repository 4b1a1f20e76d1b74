package io.credence.stream.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.jspecify.annotations.Nullable;

/**
 * A process of the service with one stream thread, hence one producer: what its tasks write and read is committed
 * together.
 */
final class SimInstance {
    /** The process ends here, whatever it was doing. */
    static final class Cut extends Error {
        private static final long serialVersionUID = 1;

        Cut() {
            super("cut", null, false, false);
        }
    }

    private static final Names NAMES = new Names("");

    /** Costly to make, and the keeper of chunks only asks it for the store and for a counter. */
    private static final ThreadLocal<MockProcessorContext<Void, Void>> GLOBAL =
            ThreadLocal.withInitial(MockProcessorContext::new);

    private final int number;
    private final SimCase world;
    private final SimCluster cluster;
    private final Supplier<? extends SimBuild> builds;
    private final Map<TaskId, SimTask> tasks = new TreeMap<>();
    private final SharedSamples samples = new SharedSamples();
    private final InputReads reads;
    private final StreamsMetrics metrics = new StreamsMetricsImpl(new Metrics(), "simulation", Time.SYSTEM);
    private final SimStore global = new SimStore(NAMES.posteriorsGlobal(), SimStore::keep);
    private final ChunkKeeper keeper = new ChunkKeeper(NAMES);
    private long globalPosition;
    private SimLog.@Nullable Transaction transaction;
    private int cutIn;
    private boolean fenced;

    SimInstance(int number, SimCase world, SimCluster cluster, Supplier<? extends SimBuild> builds) {
        this.number = number;
        this.world = world;
        this.cluster = cluster;
        this.builds = builds;
        this.reads = new InputReads(LabelEnds.at(cluster.ends(world.topics.labelled())));
        MockProcessorContext<Void, Void> context = GLOBAL.get();
        context.addStateStore(global);
        keeper.init(context);
        readModels(Integer.MAX_VALUE);
    }

    /** The process will end at a write, a send or a part of a commit: the n-th from now. */
    void cutAfter(int n) {
        cutIn = n;
    }

    /** One such step. */
    void step() {
        if (cutIn > 0) {
            cutIn--;
            if (cutIn == 0) {
                throw new Cut();
            }
        }
    }

    void append(boolean inTransaction, SimLog log, Record<byte[], byte[]> record) {
        if (inTransaction && transaction == null) {
            transaction = cluster.begin();
        }
        log.append(inTransaction ? transaction : null, record);
    }

    /** Opens tasks as the group hands them out. */
    void take(TaskId id) {
        tasks.put(id, new SimTask(this, id, builds.get()));
    }

    /** Gives a task up after a commit. */
    void give(TaskId id) {
        tasks.remove(id).close();
    }

    /** Makes everything since the last commit visible, unless others have been given the tasks meanwhile. */
    void commit() {
        step();
        if (fenced || (transaction != null && !transaction.isOpen())) {
            abort();
            throw new Cut();
        }
        Map<SimLog, Long> inside = new LinkedHashMap<>();
        Map<SimLog, Long> apart = new LinkedHashMap<>();
        tasks.values().forEach(task -> (task.build().commitsOffsetsInTransaction() ? inside : apart)
                .put(task.input(), task.position()));
        step();
        if (transaction != null) {
            transaction.end(true);
            transaction = null;
        }
        inside.forEach(cluster::commit);
        step();
        apart.forEach(cluster::commit);
    }

    /** The group has given the tasks to others, which the process does not know. */
    void fence() {
        fenced = true;
    }

    boolean isFenced() {
        return fenced;
    }

    /** Drops what is not committed. */
    void abort() {
        if (transaction != null) {
            transaction.end(false);
            transaction = null;
        }
    }

    /** All tasks begin again in the same processors. */
    void revive() {
        abort();
        tasks.values().forEach(SimTask::revive);
    }

    /** The global thread takes up to so many records of the posteriors topic. */
    void readModels(int most) {
        SimLog log = cluster.log(world.topics.posteriors(), 0);
        for (int i = 0; i < most; i++) {
            SimLog.Entry next = log.next(globalPosition);
            if (next == null) {
                return;
            }
            keeper.process(
                    new Record<>(Bytes.wrap(next.record().key()), next.record().value(), 0));
            globalPosition = next.offset() + 1;
        }
    }

    List<SimTask> tasks() {
        return new ArrayList<>(tasks.values());
    }

    SimTask task(TaskId id) {
        return tasks.get(id);
    }

    List<TaskId> ids() {
        return new ArrayList<>(tasks.keySet());
    }

    SimCase world() {
        return world;
    }

    SimCluster cluster() {
        return cluster;
    }

    SharedSamples samples() {
        return samples;
    }

    InputReads reads() {
        return reads;
    }

    SimStore global() {
        return global;
    }

    StreamsMetrics metrics() {
        return metrics;
    }

    @Override
    public String toString() {
        return "instance " + number;
    }
}
