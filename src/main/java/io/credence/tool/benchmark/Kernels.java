package io.credence.tool.benchmark;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.config.CredenceConfig;
import java.util.List;

/** The learner and the scorer without Kafka, on one thread, with the events that the service will see. */
final class Kernels {
    private static final long WARM_NANOS = 1_000_000_000;
    private static final long CLOCK_NANOS = 1_500_000_000;

    private final CredenceConfig config;
    private final List<Observation> lessons;
    private final int warmUp;

    /** @param lessons the labelled events to learn, as many as the service will */
    Kernels(CredenceConfig config, List<Observation> lessons) {
        this.config = config;
        this.lessons = lessons;
        this.warmUp = BenchmarkPlan.warmUp(lessons.size());
    }

    /**
     * How fast a kernel is.
     *
     * @param perSecond events a second by the clock on the wall
     * @param cpuMicros processor time of this thread for an event
     */
    record Rate(double perSecond, double cpuMicros) {
        static Rate since(long startNanos, long startCpuNanos, long events) {
            return new Rate(
                    events / ((System.nanoTime() - startNanos) * 1e-9),
                    (CpuClock.ofThisThread() - startCpuNanos) / 1e3 / events);
        }
    }

    /** What a learner becomes that learns all lessons. */
    LearnerState learned() {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        lessons.forEach(learner::fold);
        return learner.state();
    }

    /** Learns all lessons. */
    Rate train() {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        lessons.subList(0, warmUp).forEach(learner::fold);
        long start = System.nanoTime();
        long cpu = CpuClock.ofThisThread();
        lessons.subList(warmUp, lessons.size()).forEach(learner::fold);
        return Rate.since(start, cpu, lessons.size() - warmUp);
    }

    /** Scores with a model in micro-batches of the configured size. */
    Rate score(LearnerState state) {
        Predictor predictor = Predictors.of(config.model(), state);
        int batch = Math.min(config.scoring().batchSize(), lessons.size());
        scored(predictor, batch, WARM_NANOS);
        return scored(predictor, batch, CLOCK_NANOS);
    }

    private Rate scored(Predictor predictor, int batch, long nanos) {
        long start = System.nanoTime();
        long cpu = CpuClock.ofThisThread();
        long events = 0;
        int from = 0;
        while (System.nanoTime() - start < nanos) {
            from = from + batch > lessons.size() ? 0 : from;
            events +=
                    predictor.predictStream(lessons.subList(from, from + batch)).size();
            from += batch;
        }
        return Rate.since(start, cpu, events);
    }
}
