package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import io.credence.tool.csv.CsvOptions;
import io.credence.tool.csv.CsvReading;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.demo.BikeHours;
import io.credence.tool.evaluate.Dataset;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of {@code evaluate} are those of the service: one data set, both ways, the same bytes. */
final class CsvThroughBrokerIT {
    private static final String FEATURES = "season:onehot(1,2,3,4),mnth:cyclic(12),hr:cyclic(24,4),holiday:boolean,"
            + "weekday:cyclic(7),workingday:boolean,temp,atemp,hum,windspeed";

    @TempDir
    private Path directory;

    @Test
    void shouldEndAtTheSameBytesWhenTheDataGoThroughTheBroker() throws Exception {
        try (Cluster cluster = new Cluster()) {
            CredenceConfig config = config(cluster);
            CsvTable table = bikes();
            OnlineLearner offline = fold(table, config);
            cluster.create("bikes");
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                cluster.send(records(table, config));
                LearnerState live = learned(cluster, config, table.size());
                LearnerState expected = offline.state();
                assertArrayEquals(expected.weights().toArray(), live.weights().toArray());
                assertArrayEquals(
                        expected.statistics().toArray(), live.statistics().toArray());
                assertEquals(offline.prequential(), PrequentialSums.of(live.counters()), "the same figures");
            }
        }
    }

    private static CredenceConfig config(Cluster cluster) {
        return CredenceConfig.of(Map.of(
                "application.id", "csv",
                "bootstrap.servers", cluster.bootstrap(),
                "schema.registry.url", "mock://csv",
                "credence.topic.labelled", "bikes",
                "credence.label", "cnt",
                "credence.features", FEATURES));
    }

    private CsvTable bikes() throws Exception {
        Path file = directory.resolve("bikes.csv");
        try (InputStream in = BikeHours.class.getResourceAsStream("/demo/bike_sharing_hour.csv")) {
            Files.copy(assertPresent(in), file);
        }
        return CsvReading.read(file, CsvOptions.NONE);
    }

    private static InputStream assertPresent(InputStream in) {
        assertNotNull(in, "the bundled data");
        return in;
    }

    private static OnlineLearner fold(CsvTable table, CredenceConfig config) {
        var model = config.model();
        OnlineLearner learner = OnlineLearner.create(model, "");
        for (Outcome<Observation> row :
                Dataset.of(table, "cnt", null, model.features(), model.label()).rows()) {
            learner.fold(((Outcome.Accepted<Observation>) row).value());
        }
        assertEquals(table.size(), learner.events());
        return learner;
    }

    private static List<ProducerRecord<byte[], byte[]>> records(CsvTable table, CredenceConfig config) {
        List<String> fields = new ArrayList<>(
                FeatureSpec.parseList(FEATURES).stream().map(FeatureSpec::field).toList());
        fields.add("cnt");
        var builder = SchemaBuilder.record("Bike").fields();
        fields.forEach(builder::requiredDouble);
        Schema schema = builder.endRecord();
        ConfluentAvroSerde serde = new ConfluentAvroSerde();
        serde.configure(config.serde(), false);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            GenericRecord bike = new GenericData.Record(schema);
            for (String field : fields) {
                bike.put(field, Double.valueOf(table.text(row, table.column(field))));
            }
            records.add(new ProducerRecord<>(
                    "bikes", 0, (long) row, null, serde.serializer().serialize("bikes", bike)));
        }
        return records;
    }

    private static LearnerState learned(Cluster cluster, CredenceConfig config, long rows) {
        var chunks = CredenceSerde.of(PosteriorChunk.class, config.serde()).deserializer();
        Map<Integer, PosteriorChunk> latest = new HashMap<>();
        cluster.readUntil("csv-posteriors", records -> {
            records.forEach(r -> {
                PosteriorChunk chunk = chunks.deserialize("csv-posteriors", r.value());
                latest.put(chunk.getIndex(), chunk);
            });
            return latest.values().stream().anyMatch(c -> c.getEvents() == rows);
        });
        LearnerState state = PosteriorChunks.assemble(latest::get);
        assertNotNull(state, "the published chunks make one model");
        return state;
    }
}
