package io.credence.crash;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What was fed, as the broker acknowledged it. Safe for several threads. */
final class Ledger {
    /** Keys of the good unlabelled events. */
    final Set<String> unlabelled = ConcurrentHashMap.newKeySet();
    /** The partition of each of them. */
    final Map<String, Integer> partitionOf = new ConcurrentHashMap<>();
    /** Coordinates (topic-partition-offset) of the good labelled events. */
    final Set<String> labelled = ConcurrentHashMap.newKeySet();
    /** Coordinates of the bad records, with their values. */
    final Map<String, byte[]> bad = new ConcurrentHashMap<>();
    /** Model commands that are in the training log. */
    final AtomicInteger commands = new AtomicInteger();
    /** Good unlabelled events of each partition. */
    final AtomicIntegerArray unlabelledOf = new AtomicIntegerArray(Application.PARTITIONS);
}
