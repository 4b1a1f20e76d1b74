package io.credence.crash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Measures recovery: the time from a fault until the first event that was fed after it has been scored in each
 * partition, for a {@code read_committed} reader. Safe for several threads.
 */
final class Recovery {
    private final Ledger ledger;
    private final AtomicIntegerArray scored = new AtomicIntegerArray(Application.PARTITIONS);
    private final List<Open> open = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();

    private record Open(String what, long since, int[] goals) {}

    Recovery(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A fault happens now. */
    synchronized void fault(String what) {
        int[] goals = new int[Application.PARTITIONS];
        for (int p = 0; p < goals.length; p++) {
            goals[p] = ledger.unlabelledOf.get(p) + 1;
        }
        open.add(new Open(what, System.nanoTime(), goals));
    }

    /** A scored event was read: it counts for the partition that it was fed to, if that is known. */
    synchronized void scored(byte[] key, int read) {
        int partition = ledger.partitionOf.getOrDefault(new String(key, StandardCharsets.UTF_8), read);
        scored.incrementAndGet(partition);
        for (Iterator<Open> all = open.iterator(); all.hasNext(); ) {
            Open fault = all.next();
            boolean over = true;
            for (int p = 0; p < fault.goals.length; p++) {
                over &= scored.get(p) >= fault.goals[p];
            }
            if (over) {
                double took = (System.nanoTime() - fault.since) / 1e9;
                seconds.add(took);
                System.out.printf("    recovered after %.1f s from %s%n", took, fault.what);
                all.remove();
            }
        }
    }

    synchronized int scored() {
        int sum = 0;
        for (int p = 0; p < Application.PARTITIONS; p++) {
            sum += scored.get(p);
        }
        return sum;
    }

    /** Scored events that faults still wait for, in all: none once every fault is over. */
    synchronized long missing() {
        long sum = 0;
        for (Open fault : open) {
            for (int p = 0; p < fault.goals.length; p++) {
                sum += Math.max(0, fault.goals[p] - scored.get(p));
            }
        }
        return sum;
    }

    synchronized List<Double> seconds() {
        return seconds.stream().sorted().toList();
    }
}
