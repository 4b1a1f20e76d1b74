package io.credence.jmh;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Step;
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
import org.openjdk.jmh.infra.Blackhole;

/** One training step: test, then train, on one minibatch of fresh events. The time is that of the step, not of an event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrainingBenchmark {
    private static final int EVENTS = 4096;

    /** Events in a minibatch, or the default configuration: one event, 64 replayed, and the drift layer. */
    @Param({"1", "32", "default"})
    public String batch;

    private int size;
    private int next;
    private List<Observation> events;
    private OnlineLearner learner;

    /** Trains past the early phase, and until the reservoir holds something to replay. */
    @Setup
    public void train() {
        ModelSpec model =
                batch.equals("default") ? BenchmarkFixture.model() : BenchmarkFixture.plain(Integer.parseInt(batch));
        size = model.learning().batch().size();
        events = BenchmarkFixture.events(EVENTS);
        learner = BenchmarkFixture.trained(model, events);
    }

    /** Folds one minibatch. */
    @Benchmark
    public void step(Blackhole sink) {
        Step step = null;
        for (int i = 0; i < size; i++) {
            step = learner.fold(events.get(next++ % EVENTS));
        }
        sink.consume(step);
    }
}
