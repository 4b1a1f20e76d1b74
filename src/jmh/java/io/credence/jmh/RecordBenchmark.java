package io.credence.jmh;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.EnrichedWriter;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.ObservationReader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.TaskSerdes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The records of a stream as the topology reads and writes them, in the Confluent wire format with the registry client:
 * the two ways of an event through the readers, and their parts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {
    private static final Map<String, Object> SETTINGS = Map.of("schema.registry.url", "mock://jmh");
    private static final Headers HEADERS = new RecordHeaders();
    private static final Origin SOURCE = new Origin("events", 0, 123_456);
    private static final long TIME = 1_700_000_000_000L;
    private static final Prediction PREDICTION = new RealPrediction(5, 1, 3, 1, 9);
    private static final ModelInfo INFO = new ModelInfo("", new ModelVersion(0, 1234), 40_000, false, 32);

    private final TaskSerdes serdes = TaskSerdes.of(SETTINGS);
    private final RecordDecoder decoder = serdes.decoder();
    private final RecordEncoder encoder = serdes.encoder();
    private final CredenceSerde<TrainingRecord> log = serdes.own(TrainingRecord.class);
    private ObservationReader labelledReader;
    private ObservationReader unlabelledReader;
    private EnrichedWriter enricher;
    private byte[] labelled;
    private byte[] unlabelled;
    private byte[] logged;
    private GenericRecord record;
    private Observation observation;

    /** Encodes an event of sixteen floats, an identity, a time and a label that may be null. */
    @Setup
    public void encode() {
        ModelSpec model = BenchmarkFixture.model();
        var fields = new ObservationReader.Fields("y", null, null);
        labelledReader = new ObservationReader(fields, model.features(), model.label(), LabelRule.OPTIONAL);
        unlabelledReader = new ObservationReader(fields, model.features(), model.label(), LabelRule.IGNORED);
        enricher = new EnrichedWriter(model.label());
        Schema schema = schema();
        labelled = accepted(encoder.encode("events", HEADERS, event(schema, 2.5)));
        unlabelled = accepted(encoder.encode("events", HEADERS, event(schema, null)));
        record = accepted(decoder.decode("events", HEADERS, unlabelled));
        observation = observe();
        logged = log.serializer().serialize("training", TrainingLog.example(observation, SOURCE));
        System.out.println("bytes: labelled " + labelled.length + ", unlabelled " + unlabelled.length + ", logged "
                + logged.length + ", scored " + encodeScored().length);
    }

    private static Schema schema() {
        var fields = SchemaBuilder.record("Reading")
                .namespace("example")
                .fields()
                .requiredString("sensor")
                .requiredLong("at");
        for (String field : BenchmarkFixture.fields()) {
            fields = fields.requiredFloat(field);
        }
        return fields.optionalDouble("y").endRecord();
    }

    private static GenericRecord event(Schema schema, Double label) {
        GenericRecord event = new GenericData.Record(schema);
        double[] x = BenchmarkFixture.events(1).get(0).features().values();
        event.put("sensor", "sensor-0042");
        event.put("at", TIME);
        for (int i = 0; i < x.length; i++) {
            event.put("x" + i, (float) x[i]);
        }
        event.put("y", label);
        return event;
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return outcome.fold(value -> value, fault -> {
            throw new IllegalStateException(fault.detail());
        });
    }

    /** Bytes to an Avro record. */
    @Benchmark
    public GenericRecord decode() {
        return accepted(decoder.decode("events", HEADERS, labelled));
    }

    /** Bytes to what the learner sees. */
    @Benchmark
    public Observation observe() {
        return accepted(labelledReader.read(decode(), TIME, SOURCE));
    }

    /** An example to an entry of the training log. */
    @Benchmark
    public byte[] encodeLogged() {
        return log.serializer().serialize("training", TrainingLog.example(observation, SOURCE));
    }

    /** An entry of the training log to an example. */
    @Benchmark
    public Observation decodeLogged() {
        return TrainingLog.observation((Example) accepted(log.decode(logged)).getBody());
    }

    /** A decoded event and its prediction to bytes. */
    @Benchmark
    public byte[] encodeScored() {
        GenericRecord scored = accepted(enricher.enrich(record, PREDICTION, INFO, false, false));
        return accepted(encoder.encode("scored", HEADERS, scored));
    }

    /** The way of a labelled event: bytes to observation to an entry of the training log. */
    @Benchmark
    public byte[] labelledWay() {
        return log.serializer().serialize("training", TrainingLog.example(observe(), SOURCE));
    }

    /** The way of an unlabelled event, its prediction apart: bytes to observation to the enriched record's bytes. */
    @Benchmark
    public byte[] unlabelledWay() {
        GenericRecord event = accepted(decoder.decode("events", HEADERS, unlabelled));
        if (accepted(unlabelledReader.read(event, TIME, SOURCE)).labelled()) {
            throw new IllegalStateException("labels are not to be read");
        }
        GenericRecord scored = accepted(enricher.enrich(event, PREDICTION, INFO, false, false));
        return accepted(encoder.encode("scored", HEADERS, scored));
    }

    /** All that a labelled and an unlabelled event cost, the log's reading too: as in one thread that runs everything. */
    @Benchmark
    public void bothWays(Blackhole sink) {
        sink.consume(labelledWay());
        sink.consume(decodeLogged());
        sink.consume(unlabelledWay());
    }
}
