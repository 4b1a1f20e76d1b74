package io.credence.stream.topology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a topic in memory, as a {@code read_committed} reader sees it: records of an open transaction hide
 * all that comes after them, aborted ones are skipped, and the marker at a transaction's end takes an offset.
 */
final class SimLog {
    /** Writes to several partitions that become visible together, or never. */
    static final class Transaction {
        private final Set<SimLog> touched = new LinkedHashSet<>();
        private boolean open = true;
        private boolean aborted;

        boolean isOpen() {
            return open;
        }

        boolean touches(SimLog log) {
            return touched.contains(log);
        }

        /** Ends it; a second time nothing happens. */
        void end(boolean commit) {
            if (open) {
                open = false;
                aborted = !commit;
                touched.forEach(log -> log.entries.add(new Entry(log.entries.size(), null, this)));
            }
        }
    }

    /**
     * What lies at an offset.
     *
     * @param record null for the marker of a transaction's end
     * @param within null if it was visible at once
     */
    record Entry(
            long offset,
            @Nullable Record<byte[], byte[]> record,
            @Nullable Transaction within) {
        private boolean isHidden() {
            return within != null && within.open;
        }

        private boolean isSkipped() {
            return record == null || (within != null && within.aborted);
        }
    }

    private final String topic;
    private final int partition;
    private final List<Entry> entries = new ArrayList<>();

    SimLog(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    String topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    /** The offset that the next record will have. */
    long end() {
        return entries.size();
    }

    /** Adds a record, visible at once if it is in no transaction; gives its offset. */
    long append(@Nullable Transaction within, Record<byte[], byte[]> record) {
        if (within != null) {
            within.touched.add(this);
        }
        entries.add(new Entry(entries.size(), record, within));
        return entries.size() - 1;
    }

    /** The first visible record from an offset on; null while there is none. */
    @Nullable
    Entry next(long from) {
        for (int i = (int) from; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.isHidden()) {
                return null;
            }
            if (!entry.isSkipped()) {
                return entry;
            }
        }
        return null;
    }

    /** All visible records. */
    List<Entry> visible() {
        List<Entry> visible = new ArrayList<>();
        for (Entry e = next(0); e != null; e = next(e.offset() + 1)) {
            visible.add(e);
        }
        return visible;
    }
}
