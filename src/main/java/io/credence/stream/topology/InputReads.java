package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.WarmupSection.Policy;
import io.credence.stream.state.SourceOffsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What this instance knows of the labels that were there when it started: where their topic ended, and, where it carries
 * both kinds, how far the instance's tasks have read it and which records were labels. A question in one partition waits for
 * the labels in the others, too. Safe for several threads.
 */
final class InputReads {
    private final LabelEnds ends;
    private final ConcurrentMap<String, Read> reads = new ConcurrentHashMap<>();

    /** @param ends the last record of each partition when this instance started */
    InputReads(LabelEnds ends) {
        this.ends = ends;
    }

    /** Whether anybody asks for them: where one topic carries both kinds, and questions wait. */
    static boolean matter(CredenceConfig config) {
        return config.topics().shared() && config.warmup().policy() != Policy.FLAG;
    }

    /** The last record of each partition when this instance started. */
    LabelEnds ends() {
        return ends;
    }

    /** The reads of a partition, whose task notes them. */
    Read of(String partition) {
        return reads.computeIfAbsent(partition, Read::new);
    }

    /**
     * Whether the labels that lay in the other partitions are learned.
     *
     * @param learned by the model
     * @param own the partition of the question: there the task itself knows what was before it
     */
    boolean othersAreIn(SourceOffsets learned, String own) {
        SourceOffsets known = ends.known();
        return known != null
                && known.byPartition().entrySet().stream()
                        .filter(end -> !end.getKey().equals(own))
                        .allMatch(end -> isIn(learned, end.getKey(), end.getValue()));
    }

    private boolean isIn(SourceOffsets learned, String partition, long end) {
        if (learned.of(partition) >= end) {
            return true;
        }
        Read read = reads.get(partition);
        return read != null && read.covers(end) && learned.of(partition) >= read.label;
    }

    /** What was read of one partition. One thread at a time writes. */
    final class Read {
        private final String partition;
        private volatile long position = -1;
        private volatile long label = -1;
        private volatile long sent = -1;
        private volatile long keyed = -1;

        Read(String partition) {
            this.partition = partition;
        }

        /** Takes note of a record. */
        void note(long offset, boolean labelled) {
            if (labelled && offset <= end()) {
                label = offset;
            }
            position = offset;
        }

        /** The same where several tasks have records of the partition, in any order. */
        synchronized void noteAmongOthers(long offset, boolean labelled) {
            if (labelled && offset <= end()) {
                label = Math.max(label, offset);
            }
            position = Math.max(position, offset);
        }

        /**
         * The same of a record that has a hop before it: bad ones do not get there, so that the last one that does may lie
         * before the end.
         */
        void noteSent(long offset, boolean good) {
            if (keyed < 0) {
                sent = offset - 1;
            }
            if (good && offset <= end()) {
                sent = offset;
            }
            keyed = offset;
        }

        /** Whether all records up to an offset were read. */
        private boolean covers(long offset) {
            return position >= offset || keyed >= offset && position >= sent;
        }

        private long end() {
            @Nullable SourceOffsets known = ends.known();
            return known == null ? Long.MAX_VALUE : known.of(partition);
        }
    }
}
