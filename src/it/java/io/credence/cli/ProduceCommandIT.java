package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.it.Cluster;
import io.credence.stream.wire.ConfluentAvroSerde;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file on its way to a topic of a real broker. */
@Timeout(180)
final class ProduceCommandIT {
    private static final String REGISTRY = "mock://produce-it";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSendAFileAndThenAnotherInTheSameSchema() throws Exception {
        try (Cluster cluster = new Cluster(Map.of())) {
            Path history = Files.writeString(directory.resolve("history.csv"), """
                    at,room,temp (C),kWh
                    2024-01-01 10:00,a,1.5,10
                    2024-01-01 11:00,b,cold,11
                    2024-01-01 12:00,a,2.5,12
                    """);
            Path schema = Files.writeString(directory.resolve("meter.avsc"), """
                    {"type": "record", "name": "Meter", "fields": [
                      {"name": "room", "type": "string"},
                      {"name": "temp_C", "type": "double"},
                      {"name": "kWh", "type": ["null", "int"], "default": null}]}
                    """);
            JsonNode sent = run(
                    0,
                    cluster,
                    "--csv",
                    history,
                    "--topic",
                    "meters",
                    "--label",
                    "kWh",
                    "--time",
                    "at",
                    "--key",
                    "room",
                    "--schema",
                    schema,
                    "--json");
            assertEquals(2, sent.get("records").intValue());
            assertEquals(1, sent.get("rejected").intValue());
            assertTrue(err.toString().contains("row 1 (line 3), column 'temp (C)' is 'cold'"), err.toString());
            assertTrue(err.toString().contains("created topic 'meters' with 1 partition(s)"), err.toString());

            // On its own this one would have whole temperatures, and labels that are no number.
            Path next = Files.writeString(directory.resolve("next.csv"), """
                    at,room,temp (C),kWh
                    2024-01-01 13:00,b,3,
                    2024-01-01 14:00,c,4,
                    """);
            sent = run(
                    0,
                    cluster,
                    "--csv",
                    next,
                    "--topic",
                    "meters",
                    "--label",
                    "kWh",
                    "--unlabelled",
                    "--time",
                    "at",
                    "--key",
                    "room",
                    "--json");
            assertEquals(2, sent.get("questions").intValue());

            List<ConsumerRecord<byte[], byte[]>> records = cluster.read("meters", 4);
            assertEquals("a@1704103200000 b@1704114000000 c@1704117600000", keysAndTimes(records, 0, 2, 3));
            assertEquals("1.5 10, 2.5 12, 3.0 null, 4.0 null", values(records));
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenItCannotSend() throws Exception {
        Path file = Files.writeString(directory.resolve("some.csv"), "x,y\n1,2\n");
        run(2, null, "--csv", file);
        assertTrue(err.toString().contains("no topic is given"), err.toString());
        run(2, null, "--csv", file, "--topic", "t", "--unlabelled", "--bootstrap-servers", "127.0.0.1:1");
        assertTrue(err.toString().contains("no label is given"), err.toString());
        run(2, null, "--csv", file, "--topic", "t", "--rate", "-1");
        assertTrue(err.toString().contains("--rate"), err.toString());
        run(1, null, "--csv", directory.resolve("absent.csv"), "--topic", "t", "--bootstrap-servers", "127.0.0.1:1");
        assertTrue(err.toString().contains("does not exist"), err.toString());
        run(2, null, "--csv", file, "--topic", "t", "--schema", "absent.avsc", "--bootstrap-servers", "127.0.0.1:1");
        assertTrue(err.toString().contains("schema file 'absent.avsc' does not exist"), err.toString());
    }

    private JsonNode run(int code, Cluster cluster, Object... arguments) throws Exception {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("produce"));
        List.of(arguments).forEach(argument -> line.add(argument.toString()));
        line.addAll(List.of("--schema-registry-url", REGISTRY));
        if (cluster != null) {
            line.addAll(List.of("--bootstrap-servers", cluster.bootstrap()));
        }
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        assertEquals(code, exit, err::toString);
        return new ObjectMapper().readTree(out.toString());
    }

    private static String keysAndTimes(List<ConsumerRecord<byte[], byte[]>> records, int... which) {
        StringBuilder text = new StringBuilder();
        for (int i : which) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(new String(records.get(i).key(), StandardCharsets.UTF_8))
                    .append('@')
                    .append(records.get(i).timestamp());
        }
        return text.toString();
    }

    private static String values(List<ConsumerRecord<byte[], byte[]>> records) {
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde()) {
            serde.configure(Map.of("schema.registry.url", REGISTRY), false);
            List<String> texts = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                GenericRecord value = serde.deserializer().deserialize("meters", record.value());
                texts.add(value.get("temp_C") + " " + value.get("kWh"));
            }
            return String.join(", ", texts);
        }
    }
}
