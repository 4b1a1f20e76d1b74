package io.credence.stream.topology;

import io.credence.stream.wire.TaskSerdes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * The serdes of a graph's tasks: the processors of one task share one {@link TaskSerdes}, which the first of them opens
 * and the last one closes.
 *
 * <p>Kafka Streams makes processors one by one and does not tell which will be in one task; that shows when they are
 * initialised. A task that was lost may still be open while another thread has begun with it, so that a task is known by
 * its thread too.
 */
final class SharedSerdes {
    private final Supplier<TaskSerdes> opening;
    private final Map<Owner, Shared> open = new HashMap<>();

    /** @param opening makes the serdes of a task */
    SharedSerdes(Supplier<TaskSerdes> opening) {
        this.opening = opening;
    }

    /** A processor's part in them, which it keeps for life. */
    Part part() {
        return new Part();
    }

    private synchronized Shared take(Owner owner) {
        Shared shared = open.computeIfAbsent(owner, first -> new Shared(first, opening.get()));
        shared.users++;
        return shared;
    }

    private synchronized void giveBack(Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            open.remove(shared.owner);
            shared.serdes.close();
        }
    }

    /** What one processor has taken of them: nothing, or the serdes of its task. One thread. */
    final class Part implements AutoCloseable {
        private @Nullable Shared taken;

        /** The serdes of a task; what was taken before is given back first, since a processor may be initialised again. */
        TaskSerdes open(TaskId task) {
            close();
            taken = take(new Owner(Thread.currentThread(), task));
            return taken.serdes;
        }

        /** Gives back what was taken, if anything was. */
        @Override
        public void close() {
            Shared gone = taken;
            taken = null;
            if (gone != null) {
                giveBack(gone);
            }
        }
    }

    private record Owner(Thread thread, TaskId task) {}

    private static final class Shared {
        private final Owner owner;
        private final TaskSerdes serdes;
        private int users;

        Shared(Owner owner, TaskSerdes serdes) {
            this.owner = owner;
            this.serdes = serdes;
        }
    }
}
