package io.credence.benchmark;

import io.credence.config.CredenceConfig;
import io.credence.feature.Observation;
import io.credence.inference.LearnerState;
import io.credence.inference.OnlineLearner;
import io.credence.inference.Predictors;
import io.credence.predict.Predictor;
import java.util.List;

/** The learner and the scorer without Kafka, on one thread, with the events that the service will see. */
final class Kernels {
    private static final long WARM_NANOS = 500_000_000;
    private static final long CLOCK_NANOS = 1_000_000_000;

    private final CredenceConfig config;
    private final List<Observation> lessons;
    private final int warmUp;

    /** @param lessons the labelled events to learn, all of them as many as the service will */
    Kernels(CredenceConfig config, List<Observation> lessons) {
        this.config = config;
        this.lessons = lessons;
        this.warmUp = BenchmarkPlan.warmUp(lessons.size());
    }

    /**
     * What a learner has become, and how fast.
     *
     * @param state of the learner after all lessons
     * @param perSecond events a second after the warm-up
     */
    record Learned(LearnerState state, double perSecond) {}

    /** Learns all lessons. */
    Learned train() {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        lessons.subList(0, warmUp).forEach(learner::fold);
        long start = System.nanoTime();
        lessons.subList(warmUp, lessons.size()).forEach(learner::fold);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Learned(learner.state(), (lessons.size() - warmUp) / seconds);
    }

    /** Events a second that a model scores in micro-batches of the configured size. */
    double score(LearnerState state) {
        Predictor predictor = Predictors.of(config.model(), state);
        int batch = Math.min(config.scoring().batchSize(), lessons.size());
        scored(predictor, batch, WARM_NANOS);
        return scored(predictor, batch, CLOCK_NANOS);
    }

    private double scored(Predictor predictor, int batch, long nanos) {
        long start = System.nanoTime();
        long events = 0;
        int from = 0;
        while (System.nanoTime() - start < nanos) {
            from = from + batch > lessons.size() ? 0 : from;
            events +=
                    predictor.predictStream(lessons.subList(from, from + batch)).size();
            from += batch;
        }
        return events / ((System.nanoTime() - start) * 1e-9);
    }
}
