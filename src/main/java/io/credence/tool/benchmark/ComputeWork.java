package io.credence.tool.benchmark;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.inference.TrainingKernel;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.linalg.GemmPeak;
import io.credence.bayes.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The synthetic work that the compute benchmark times: a smooth regression with noise, seeded.
 *
 * @param features columns
 * @param hidden units of each hidden layer
 * @param samples Monte-Carlo samples of a prediction, S
 */
record ComputeWork(int features, List<Integer> hidden, int samples) {
    private static final long SEED = 7;
    private static final double NOISE = 0.1;

    /** Events that fill a minibatch list or a reservoir. */
    List<Observation> events(int count) {
        CounterRandom noise = CounterRandom.of(SEED, 0, 0, 0);
        List<Observation> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            float[] x = new float[features];
            noise.fill(x, features);
            double y = Math.sin(x[0]) + 0.5 * x[features - 1] + NOISE * noise.gaussian();
            events.add(new Observation("", Integer.toString(i), i, new FeatureVector(x), y));
        }
        return events;
    }

    /** Only training steps, without replay, on minibatches of that size. */
    TrainingKernel training(int batchSize) {
        List<Observation> events = events(64 * batchSize);
        List<List<Observation>> batches = IntStream.range(0, 64)
                .mapToObj(i -> events.subList(i * batchSize, (i + 1) * batchSize))
                .toList();
        ModelSpec plain = model().batchSize(batchSize)
                .earlyInnerSteps(1)
                .replayEvents(0)
                .drift(false)
                .build();
        return new TrainingKernel(plain, batches);
    }

    /** The default configuration, complete. */
    ModelSpec complete() {
        return model().build();
    }

    /** A scorer of a model that has learned a little. */
    Predictor scorer() {
        OnlineLearner learner = OnlineLearner.create(complete(), "");
        events(200).forEach(learner::fold);
        return Predictors.of(complete(), learner.state());
    }

    /** The matrix products of one sample for a batch. */
    GemmPeak products(int batchSize) {
        IntStream units =
                IntStream.concat(IntStream.of(features), hidden.stream().mapToInt(Integer::intValue));
        return new GemmPeak(batchSize, IntStream.concat(units, IntStream.of(1)).toArray());
    }

    private ModelSpecBuilder model() {
        return ModelSpec.builder()
                .features(IntStream.range(0, features)
                        .mapToObj(i -> FeatureSpec.numeric("f" + i))
                        .toList())
                .task(Task.REGRESSION)
                .hidden(hidden.stream().mapToInt(Integer::intValue).toArray())
                .samples(samples)
                .seed(SEED);
    }
}
