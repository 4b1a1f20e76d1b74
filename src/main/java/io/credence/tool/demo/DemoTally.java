package io.credence.tool.demo;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the watch has read so far, with waits for it to get somewhere. For several threads: one writes, any reads. */
final class DemoTally implements BikeFeed.PublishedModel {
    private static final long LOOK_MS = 100;

    private final LabelJoin served;
    private final PublishedMetrics learned = new PublishedMetrics();
    private long marked;
    private long published;
    private long alerts;
    private long deadLetters;
    private boolean ended;
    private @Nullable Exception failure;

    DemoTally(LabelJoin served) {
        this.served = served;
    }

    /** A record of the scored topic. */
    synchronized void scored(GenericRecord value) {
        served.add(value);
        notifyAll();
    }

    /** A record of the metrics topic; an old one marks where the counting starts. */
    synchronized void metrics(GenericRecord value, boolean old) {
        if (old) {
            learned.begin(value);
        } else {
            learned.add(value);
        }
        notifyAll();
    }

    /** Labelled events that a published model has learned; an old one marks where the counting starts. */
    synchronized void published(long events, boolean old) {
        published = Math.max(published, events);
        if (old) {
            marked = published;
        }
        notifyAll();
    }

    synchronized void alert() {
        alerts++;
    }

    synchronized void deadLetter() {
        deadLetters++;
    }

    /** Everything committed has been read. */
    synchronized void ended() {
        ended = true;
        notifyAll();
    }

    /** Makes every wait throw, with the first of these exceptions. */
    synchronized void fail(Exception e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }

    @Override
    public void awaitLearned(long hours, Duration patience) throws InterruptedException, TimeoutException {
        await(() -> published - marked >= hours, patience);
    }

    /**
     * Waits until a number of hours is scored and learned, in the published model and in the metrics.
     *
     * @throws TimeoutException if nothing moves for the whole patience
     */
    void awaitAll(long hours, Duration patience) throws InterruptedException, TimeoutException {
        await(
                () -> published - marked >= hours
                        && served.records() >= hours
                        && learned.all().events() >= hours,
                patience);
    }

    /**
     * Waits for {@link #ended}.
     *
     * @throws TimeoutException if nothing moves for the whole patience
     */
    void awaitEnd(Duration patience) throws InterruptedException, TimeoutException {
        await(() -> ended, patience);
    }

    private synchronized void await(Condition condition, Duration patience)
            throws InterruptedException, TimeoutException {
        long before = -1;
        long deadline = 0;
        while (!condition.holds()) {
            Exception failed = failure;
            if (failed != null) {
                throw new IllegalStateException(failed.getMessage(), failed);
            }
            long moved = published + served.records() + learned.all().events();
            if (moved != before) {
                before = moved;
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() >= deadline) {
                throw new TimeoutException("nothing moved for %d s: %d hours learned, %d scored, %d dead letters"
                        .formatted(patience.toSeconds(), published - marked, served.records(), deadLetters));
            }
            wait(LOOK_MS);
        }
    }

    /** What a wait waits for. */
    private interface Condition {
        boolean holds();
    }

    /** Everything known now. */
    synchronized DemoStatus status() {
        return new DemoStatus(
                served.records(),
                served.surplus(),
                published - marked,
                learned.all(),
                alerts,
                deadLetters,
                served.latest());
    }

    /** The outcome, its measures over the last half. */
    synchronized DemoResult result(long hours, double seconds) {
        PublishedMetrics.Sums half = learned.lastHalf(hours);
        return new DemoResult(
                served.records(),
                published - marked,
                deadLetters,
                alerts,
                half.rmse(),
                half.lastValueRmse(),
                served.rmse(),
                served.coverage(),
                seconds);
    }
}
