package io.credence.stream.topology;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/** A broker in memory: topics, committed offsets, and a clock that stands still unless it is moved. */
final class SimCluster {
    private final Map<String, SimLog> logs = new TreeMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final List<SimLog.Transaction> transactions = new ArrayList<>();
    private final SimCase world;
    long now = 1_000_000;

    SimCluster(SimCase world) {
        this.world = world;
    }

    SimLog log(String topic, int partition) {
        return logs.computeIfAbsent(topic + "-" + partition, name -> new SimLog(topic, partition));
    }

    /** The partition that Kafka's default chooses for a key; the first for none. */
    SimLog byKey(String topic, byte[] key) {
        int count = world.partitions(topic);
        return log(topic, key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % count);
    }

    /** All partitions of a topic. */
    List<SimLog> topic(String topic) {
        List<SimLog> all = new ArrayList<>();
        for (int p = 0; p < world.partitions(topic); p++) {
            all.add(log(topic, p));
        }
        return all;
    }

    /** Everything visible on a topic. */
    List<Record<byte[], byte[]>> read(String topic) {
        List<Record<byte[], byte[]>> records = new ArrayList<>();
        topic(topic).forEach(log -> log.visible().forEach(entry -> records.add(entry.record())));
        return records;
    }

    /** Where a group goes on to read a partition. */
    long committed(SimLog log) {
        return committed.getOrDefault(log.topic() + "-" + log.partition(), 0L);
    }

    void commit(SimLog log, long offset) {
        committed.put(log.topic() + "-" + log.partition(), offset);
    }

    /** How many records and markers there are in all. */
    long written() {
        return logs.values().stream().mapToLong(SimLog::end).sum();
    }

    SimLog.Transaction begin() {
        SimLog.Transaction begun = new SimLog.Transaction();
        transactions.add(begun);
        return begun;
    }

    /** Aborts the open transactions that have written to a partition: a restore waits until they have timed out. */
    void settle(SimLog changelog) {
        transactions.stream().filter(t -> t.isOpen() && t.touches(changelog)).forEach(t -> t.end(false));
    }

    /** The last visible record of each partition of a topic, as an instance that starts sees it. */
    SourceOffsets ends(String topic) {
        SourceOffsets ends = SourceOffsets.NONE;
        for (SimLog log : topic(topic)) {
            List<SimLog.Entry> visible = log.visible();
            if (!visible.isEmpty()) {
                long last = visible.get(visible.size() - 1).offset();
                ends = ends.with(new Origin(topic, log.partition(), last));
            }
        }
        return ends;
    }
}
