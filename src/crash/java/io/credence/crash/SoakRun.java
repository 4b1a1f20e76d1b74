package io.credence.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps an instance at full load and samples its resident memory. One thread. */
final class SoakRun {
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Of 201 records: one bad, the others half and half. */
    private static final int GOOD = 100;

    private record Sample(long nanos, double mb) {}

    private final SoakSettings run;
    private final Instance instance;
    private final Feed feed;
    private final Progress progress;
    private final List<Sample> samples = new ArrayList<>();
    private final long begin = System.nanoTime();
    private Progress.Position started;
    private Progress.Position now;
    private long startNanos = begin;
    private long leastBacklog = Long.MAX_VALUE;
    private long nextSample = begin;
    private long nextReport = begin + REPORT_NANOS;

    SoakRun(SoakSettings run, Instance instance, Feed feed, Progress progress) throws Exception {
        this.run = run;
        this.instance = instance;
        this.feed = feed;
        this.progress = progress;
        this.now = progress.now();
        this.started = now;
    }

    long pid() {
        return instance.pid();
    }

    /** Feeds for some time, always so much that the backlog is as large as it should be. */
    void load(double minutes) throws Exception {
        long end = System.nanoTime() + (long) (minutes * 60e9);
        while (System.nanoTime() < end) {
            now = progress.now();
            leastBacklog = Math.min(leastBacklog, now.backlog());
            for (long waiting = now.backlog(); waiting < run.backlog(); waiting++) {
                feed.sendOne(GOOD, GOOD, 1);
            }
            // Nobody asks this ledger, and it would fill the heap of this process.
            feed.ledger().labelled.clear();
            feed.ledger().unlabelled.clear();
            feed.ledger().bad.clear();
            sample();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void sample() throws Exception {
        long nanos = System.nanoTime();
        if (nanos < nextSample) {
            return;
        }
        instance.verifyAlive();
        nextSample = nanos + SAMPLE_NANOS;
        samples.add(new Sample(nanos, instance.residentKb() / 1024.0));
        if (nanos >= nextReport) {
            nextReport = nanos + REPORT_NANOS;
            System.out.printf(
                    "    %5.1f min  %.1f MB resident  done %s  waiting %s%n",
                    (nanos - begin) / 60e9, samples.get(samples.size() - 1).mb, now.done(), now.waiting());
        }
    }

    /** From here on memory is compared. */
    void start() {
        samples.clear();
        started = now;
        startNanos = System.nanoTime();
        leastBacklog = Long.MAX_VALUE;
    }

    /** Median over the first part of the run. */
    double firstMb() {
        return median(startNanos, startNanos + window());
    }

    /** Median over the last part of the run. */
    double lastMb() {
        long end = samples.get(samples.size() - 1).nanos;
        return median(end - window(), end);
    }

    double highestMb() {
        return samples.stream().mapToDouble(Sample::mb).max().orElseThrow();
    }

    long leastBacklog() {
        return leastBacklog;
    }

    void report() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        now.done().forEach((topic, done) -> {
            long events = done - started.done().get(topic);
            System.out.printf("  %s: %,d events, %.0f a second%n", topic, events, events / seconds);
        });
        System.out.printf("  smallest backlog %,d records, %d samples%n", leastBacklog, samples.size());
    }

    private long window() {
        return (long) (run.windowMinutes() * 60e9);
    }

    private double median(long from, long to) {
        double[] sorted = samples.stream()
                .filter(sample -> sample.nanos >= from && sample.nanos <= to)
                .mapToDouble(Sample::mb)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
