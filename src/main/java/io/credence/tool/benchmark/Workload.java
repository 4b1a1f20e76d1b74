package io.credence.tool.benchmark;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.ObservationReader;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.TaskSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The records of the benchmark: an identity, doubles drawn from a normal distribution, and as label a smooth function of
 * them with noise, or null. Seeded; a few thousand different ones are sent again and again.
 */
final class Workload {
    /** The label's field. */
    static final String LABEL = "label";
    /** The field of the event's identity. */
    static final String ID = "id";

    private static final int DIFFERENT = 8_192;
    private static final double NOISE = 0.1;

    private final List<GenericRecord> labelled;
    private final List<byte[]> labelledBytes;
    private final List<byte[]> unlabelledBytes;

    private Workload(List<GenericRecord> labelled, List<byte[]> labelledBytes, List<byte[]> unlabelledBytes) {
        this.labelled = labelled;
        this.labelledBytes = labelledBytes;
        this.unlabelledBytes = unlabelledBytes;
    }

    /** Makes the records and encodes them as a user's producer would. */
    static Workload of(CredenceConfig config, int features) {
        Schema schema = schema(features);
        SplittableRandom random = new SplittableRandom(1);
        double[] slope = random.doubles(features, -1, 1).toArray();
        List<GenericRecord> records = new ArrayList<>();
        List<byte[]> with = new ArrayList<>();
        List<byte[]> without = new ArrayList<>();
        try (TaskSerdes serdes = TaskSerdes.of(config.serde())) {
            RecordEncoder encoder = serdes.encoder();
            for (int i = 0; i < DIFFERENT; i++) {
                GenericData.Record record = record(schema, slope, i, random);
                records.add(record);
                with.add(encoded(encoder, config.topics().labelled(), record));
                GenericData.Record bare = new GenericData.Record(record, true);
                bare.put(LABEL, null);
                without.add(encoded(encoder, config.topics().unlabelled(), bare));
            }
        }
        return new Workload(records, with, without);
    }

    /** The names of the features. */
    static List<String> names(int features) {
        return IntStream.range(0, features).mapToObj(i -> "x" + i).toList();
    }

    /** Record number i with its label. */
    byte[] labelled(long i) {
        return labelledBytes.get((int) (i % DIFFERENT));
    }

    /** Record number i without its label. */
    byte[] unlabelled(long i) {
        return unlabelledBytes.get((int) (i % DIFFERENT));
    }

    /** What the learner sees of the first records. */
    List<Observation> observations(CredenceConfig config, int count) {
        var fields = new ObservationReader.Fields(LABEL, null, ID);
        var reader = new ObservationReader(
                fields, config.model().features(), config.model().label(), LabelRule.REQUIRED);
        List<Observation> observations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Outcome<Observation> read = reader.read(labelled.get(i % DIFFERENT), i, new Origin("benchmark", 0, i));
            observations.add(usable(read));
        }
        return observations;
    }

    /**
     * The value of an outcome that cannot be a rejection here.
     *
     * @throws IllegalStateException if it is one
     */
    static <T> T usable(Outcome<T> outcome) {
        return outcome.fold(value -> value, rejection -> {
            throw new IllegalStateException("a record of the benchmark was refused: " + rejection);
        });
    }

    private static byte[] encoded(RecordEncoder encoder, @Nullable String topic, GenericRecord record) {
        return usable(encoder.encode(String.valueOf(topic), new RecordHeaders(), record));
    }

    private static Schema schema(int features) {
        var fields = SchemaBuilder.record("BenchmarkEvent")
                .namespace("io.credence.benchmark")
                .fields()
                .requiredString(ID);
        for (String name : names(features)) {
            fields = fields.requiredDouble(name);
        }
        return fields.optionalDouble(LABEL).endRecord();
    }

    private static GenericData.Record record(Schema schema, double[] slope, int id, SplittableRandom random) {
        GenericData.Record record = new GenericData.Record(schema);
        record.put(ID, "event-" + id);
        double phase = 0;
        for (int i = 0; i < slope.length; i++) {
            double x = random.nextGaussian();
            phase += slope[i] * x;
            record.put(i + 1, x);
        }
        record.put(LABEL, Math.sin(phase) + NOISE * random.nextGaussian());
        return record;
    }
}
