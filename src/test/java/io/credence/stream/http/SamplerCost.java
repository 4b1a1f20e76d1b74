package io.credence.stream.http;

import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.Coordinates;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.EnrichedWriter;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A program that measures the processor time of the page's sampler for a prediction and its label, of sixteen features, and
 * what that comes to at the most that it takes in a second, however many come.
 */
final class SamplerCost {
    private static final int PAIRS = 20_000;
    private static final int RUNS = 11;
    private static final int FEATURES = 16;

    private SamplerCost() {}

    public static void main(String[] arguments) throws Exception {
        CredenceConfig config = CredenceConfig.of(Map.of(
                "application.id", "cost",
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://cost",
                "credence.topic.labelled", "labels",
                "credence.topic.unlabelled", "events",
                "credence.label", "y",
                "credence.features", "x0",
                "credence.event.id", "id"));
        List<ConsumerRecord<byte[], byte[]>> records = records(config);
        double[] micros = new double[RUNS];
        try (Sampler sampler = new Sampler(config)) {
            records.forEach(sampler::take);
            for (int run = 0; run < RUNS; run++) {
                long before = cpu();
                records.forEach(sampler::take);
                micros[run] = (cpu() - before) / 1e3 / records.size();
            }
        }
        Arrays.sort(micros);
        TopicWatch.Pace pace = TopicWatch.Pace.SAMPLES;
        double most = pace.atOnce() * 1_000.0 / pace.restMs();
        System.out.printf(
                Locale.ROOT,
                "%.1f us for a record (median of %d runs, %.1f to %.1f); at most %.0f records in a second are taken: %.2f %% of a core%n",
                micros[RUNS / 2],
                RUNS,
                micros[0],
                micros[RUNS - 1],
                most,
                micros[RUNS / 2] * most / 1e4);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(CredenceConfig config) throws Exception {
        var event = SchemaBuilder.record("Reading").fields().requiredString("id");
        for (int i = 0; i < FEATURES; i++) {
            event = event.requiredFloat("x" + i);
        }
        Schema schema = event.endRecord();
        EnrichedWriter writer = new EnrichedWriter(config.model().label());
        ModelInfo model = new ModelInfo("", new ModelVersion(0, 1_234), 40_000, false, 32);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TaskSerdes serdes = TaskSerdes.of(config.serde());
                var log = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            for (int n = 0; n < PAIRS; n++) {
                GenericRecord reading = new GenericData.Record(schema);
                reading.put("id", "e" + n);
                List<Double> values = new ArrayList<>();
                for (int i = 0; i < FEATURES; i++) {
                    values.add((double) ((n + i) % 97));
                    reading.put("x" + i, values.get(i).floatValue());
                }
                GenericRecord scored = writer.enrich(reading, new RealPrediction(5, 1, 3, 1, 9), model, false, false)
                        .orElseThrow();
                byte[] said = serdes.encoder()
                        .encode("cost-scored", new RecordHeaders(), scored)
                        .orElseThrow();
                records.add(new ConsumerRecord<>("cost-scored", 0, n, null, said));
                Example label = new Example(
                        "",
                        "e" + n,
                        Instant.ofEpochMilli(n),
                        values,
                        5.0,
                        new Coordinates("labels", 0, (long) n),
                        null);
                byte[] learned = log.serializer().serialize("cost-training", new TrainingRecord(label));
                records.add(new ConsumerRecord<>("cost-training", 0, n, null, learned));
            }
        }
        return records;
    }
}
