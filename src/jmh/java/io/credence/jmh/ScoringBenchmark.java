package io.credence.jmh;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Monte-Carlo scoring with the weights of 32 samples drawn once. The time is that of a micro-batch, not of an event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoringBenchmark {
    /** Events in a micro-batch. */
    @Param({"1", "64", "256"})
    public int batch;

    private List<Observation> events;
    private List<FeatureVector> features;
    private Predictor predictor;

    /** Trains a model and draws its weights. */
    @Setup
    public void draw() {
        ModelSpec model = BenchmarkFixture.model();
        predictor = Predictors.of(
                model,
                BenchmarkFixture.trained(model, BenchmarkFixture.events(2000)).state());
        events = BenchmarkFixture.events(batch);
        features = events.stream().map(Observation::features).toList();
    }

    /** Events that are unrelated in time. */
    @Benchmark
    public List<Prediction> unrelated() {
        return predictor.predict(features);
    }

    /** Events of the stream, as the topology scores them. */
    @Benchmark
    public List<Prediction> stream() {
        return predictor.predictStream(events);
    }
}
