package io.credence.tool.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.TrainingKernel;
import io.credence.bayes.predict.Predictor;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernels leave nothing for the garbage collector that grows with the network. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 50;
    private static final List<Integer> SMALL = List.of(8, 8);
    private static final List<Integer> LARGE = List.of(96, 96);

    /* Half a byte for each of the 9,800 further weights: what the JIT keeps off the heap varies by a few objects. */
    private static final long MOST = 4_900;

    @Test
    void shouldAllocateNothingForAWeightWhenTraining() {
        long small = perCall(training(SMALL));
        long large = perCall(training(LARGE));
        assertTrue(small > 0, "nothing was measured");
        assertTrue(large - small < MOST, small + " and " + large + " bytes a step");
    }

    @Test
    void shouldAllocateNothingForAWeightWhenScoring() {
        for (int batch : new int[] {1, 64}) {
            long small = perCall(scoring(SMALL, batch));
            long large = perCall(scoring(LARGE, batch));
            assertTrue(small > 0, "nothing was measured");
            assertTrue(large - small < MOST, small + " and " + large + " bytes a micro-batch of " + batch);
        }
    }

    private static Runnable training(List<Integer> hidden) {
        TrainingKernel kernel = new ComputeWork(4, hidden, 8).training(4);
        return kernel::step;
    }

    private static Runnable scoring(List<Integer> hidden, int batch) {
        ComputeWork work = new ComputeWork(4, hidden, 8);
        Predictor predictor = work.scorer();
        List<FeatureVector> events =
                work.events(batch).stream().map(Observation::features).toList();
        return () -> predictor.predict(events);
    }

    /** Bytes that a call allocates once everything is warm: the least of several rounds, since others may load classes. */
    private static long perCall(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                call.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
        }
        return least;
    }
}
