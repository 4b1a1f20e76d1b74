package io.credence.tool.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/** Runs several passes, one after another or side by side. */
public final class PassPool {
    private PassPool() {}

    /**
     * Runs passes 0 … count − 1.
     *
     * @param threads passes that run at the same time; with more than one, {@code eventsPerSecond} is that of threads
     *     which share the machine
     * @param done told of every score in the order of the passes, as soon as it and those before are there
     * @return the scores in order
     */
    public static List<PassResult> run(
            int count, int threads, IntFunction<PassResult> pass, ObjIntConsumer<PassResult> done) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count));
        try {
            List<Future<PassResult>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                futures.add(pool.submit(() -> pass.apply(index)));
            }
            List<PassResult> scores = new ArrayList<>();
            for (Future<PassResult> future : futures) {
                scores.add(future.get());
                done.accept(scores.get(scores.size() - 1), scores.size() - 1);
            }
            return scores;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
