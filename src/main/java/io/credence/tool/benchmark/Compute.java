package io.credence.tool.benchmark;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.TrainingKernel;
import io.credence.bayes.linalg.GemmPeak;
import io.credence.bayes.predict.Predictor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Times the learner and the scorer alone on one thread: no Kafka, no records. */
public final class Compute {
    /*
     * Each figure is the median of several rounds after a warm-up of the same length as two of them. The rounds of
     * different figures take turns, so that a slow moment of the machine falls on all of them. The clock is the
     * thread's processor time: other processes take turns on a shared machine, they do not take part.
     */
    private static final int WARM_UP = 2;
    private static final int BULK = 256;
    private static final int STRIDE = 16;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final ComputeWork work;
    private final int runs;
    private final double seconds;

    /**
     * @param features columns
     * @param hidden units of each hidden layer
     * @param samples Monte-Carlo samples of a prediction, S
     * @param runs rounds whose median is reported
     * @param seconds length of a round of one figure
     */
    public Compute(int features, List<Integer> hidden, int samples, int runs, double seconds) {
        this.work = new ComputeWork(features, hidden, samples);
        this.runs = runs;
        this.seconds = seconds;
    }

    /** Runs the benchmark. */
    public ComputeResult run() {
        Predictor scorer = work.scorer();
        GemmPeak peak = work.products(BULK);
        List<LongSupplier> figures = List.of(
                training(1),
                training(32),
                complete(),
                scoring(scorer, 1),
                scoring(scorer, 64),
                scoring(scorer, BULK),
                () -> products(peak));
        double[][] rates = new double[figures.size()][runs];
        for (int round = -WARM_UP; round < runs; round++) {
            for (int i = 0; i < figures.size(); i++) {
                double rate = rate(figures.get(i));
                if (round >= 0) {
                    rates[i][round] = rate;
                }
            }
        }
        double[] m = Arrays.stream(rates).mapToDouble(Efficiency::median).toArray();
        return new ComputeResult(m[0], m[1], m[2], m[3], m[4], m[5], m[5] / m[6]);
    }

    private LongSupplier training(int batchSize) {
        TrainingKernel kernel = work.training(batchSize);
        return () -> {
            kernel.step();
            return batchSize;
        };
    }

    private LongSupplier complete() {
        OnlineLearner learner = OnlineLearner.create(work.complete(), "");
        List<Observation> events = work.events(4096);
        int[] next = {0};
        return () -> {
            learner.fold(events.get(next[0]++ % events.size()));
            return 1;
        };
    }

    private LongSupplier scoring(Predictor scorer, int batchSize) {
        List<FeatureVector> events = new ArrayList<>();
        work.events(batchSize).forEach(e -> events.add(e.features()));
        return () -> scorer.predict(events).size();
    }

    /** The products of a batch for every sample. */
    private long products(GemmPeak peak) {
        for (int s = 0; s < work.samples(); s++) {
            peak.run();
        }
        return BULK;
    }

    private double rate(LongSupplier work) {
        long from = CLOCK.getCurrentThreadCpuTime();
        long until = from + (long) (seconds * 1e9);
        long done = 0;
        long now;
        do {
            for (int i = 0; i < STRIDE; i++) {
                done += work.getAsLong();
            }
            now = CLOCK.getCurrentThreadCpuTime();
        } while (now < until);
        return done / ((now - from) * 1e-9);
    }
}
