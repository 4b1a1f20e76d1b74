package io.credence.jmh;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.stream.config.RecordLimit;
import io.credence.stream.state.ExampleFormat;
import io.credence.stream.state.LearnerStateFormat;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.wire.Origin;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The stored bytes of the learner, written at every checkpoint; of an example, written for every labelled event; and of
 * an unlabelled event, written unless it is scored at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {
    private static final int CHUNK = RecordLimit.USUAL_CHUNK;

    private LearnerState state;
    private List<byte[]> chunks;
    private Observation example;
    private byte[] stored;
    private RawRecord pending;
    private byte[] waiting;

    /** Trains a model. */
    @Setup
    public void train() {
        List<Observation> events = BenchmarkFixture.events(200);
        state = BenchmarkFixture.trained(BenchmarkFixture.model(), events).state();
        chunks = LearnerStateFormat.encode(state, CHUNK);
        example = events.get(0);
        stored = ExampleFormat.encode(example, state.fingerprint());
        pending = new RawRecord(
                new Record<>(new byte[8], new byte[100], example.timestamp()), new Origin("events", 0, 1));
        waiting = RawRecordFormat.encode(pending);
        int bytes = chunks.stream().mapToInt(chunk -> chunk.length).sum();
        System.out.println("learner state: " + bytes + " bytes, example: " + stored.length + " bytes");
    }

    /** State to bytes. */
    @Benchmark
    public List<byte[]> encodeState() {
        return LearnerStateFormat.encode(state, CHUNK);
    }

    /** Bytes to state. */
    @Benchmark
    public @Nullable LearnerState decodeState() {
        return LearnerStateFormat.decode(i -> i < chunks.size() ? chunks.get(i) : null, state.fingerprint());
    }

    /** Example to bytes. */
    @Benchmark
    public byte[] encodeExample() {
        return ExampleFormat.encode(example, state.fingerprint());
    }

    /** An event that waits for its prediction to bytes. */
    @Benchmark
    public byte[] encodePending() {
        return RawRecordFormat.encode(pending);
    }

    /** Bytes to an event that waits for its prediction. */
    @Benchmark
    public RawRecord decodePending() {
        return RawRecordFormat.decode(waiting);
    }

    /** Bytes to example. */
    @Benchmark
    public Observation decodeExample() {
        return ExampleFormat.decode(stored, "", state.fingerprint());
    }
}
