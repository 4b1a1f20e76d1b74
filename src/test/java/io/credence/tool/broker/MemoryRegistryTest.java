package io.credence.tool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.SchemaRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Confluent's client and plain HTTP get from it. */
final class MemoryRegistryTest {
    private static final Schema ONE =
            SchemaBuilder.record("R").fields().requiredDouble("x").endRecord();
    private static final Schema TWO = SchemaBuilder.record("R")
            .fields()
            .requiredDouble("x")
            .optionalDouble("y")
            .endRecord();
    private static final Schema OTHER =
            SchemaBuilder.record("R").fields().requiredString("x").endRecord();

    private final MemoryRegistry server = MemoryRegistry.start(0);
    private final Map<String, Object> settings = Map.of("schema.registry.url", server.url());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldGiveBackWhatWasRegisteredWhenRecordsAreWrittenAndRead() {
        GenericRecord first = record(ONE, 1);
        GenericRecord second = record(TWO, 2);
        byte[] one = write("t", first);
        byte[] two = write("t", second);
        assertEquals(first, read(one));
        assertEquals(second, read(two));
        assertEquals(1, one[4]);
        assertEquals(2, two[4]);
        assertEquals(1, write("u", first)[4], "a schema has one id, whatever its subject is");
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            registry.ping();
            assertEquals(TWO, registry.newest("t-value").orElseThrow());
            assertTrue(registry.newest("absent-value").isEmpty());
            assertTrue(registry.holds("t-value", ONE));
            assertFalse(registry.holds("u-value", TWO));
            assertThrows(RuntimeException.class, () -> registry.schema(99));
        }
    }

    @Test
    void shouldRefuseASchemaWhenItCannotReadTheLastOne() {
        write("t", record(ONE, 1));
        RuntimeException refused = assertThrows(RuntimeException.class, () -> write("t", record(OTHER, "text")));
        assertTrue(String.valueOf(refused.getMessage()).contains("t-value"), refused.getMessage());
        assertEquals(2, write("u", record(OTHER, "text"))[4], "and elsewhere it may be");
    }

    @Test
    void shouldAnswerAsConfluentsDoesWhenAskedOverHttp() throws Exception {
        write("t", record(ONE, 1));
        write("t", record(TWO, 2));
        assertEquals("200 [\"t-value\"]", ask("/subjects", null));
        assertEquals("200 [1,2]", ask("/subjects/t-value/versions", null));
        assertTrue(ask("/subjects/t-value/versions/1", null).contains("\"version\":1"));
        assertTrue(ask("/subjects/t-value/versions/3", null).startsWith("404 {"));
        assertTrue(ask("/subjects/none/versions", null).contains("40401"));
        assertTrue(ask("/schemas/ids/x", null).contains("40403"));
        assertTrue(ask("/subjects/t-value", "{\"schema\": \"nonsense\"}").startsWith("422 {"));
        assertTrue(ask("/subjects/t-value", "nonsense").startsWith("422 {"));
        assertTrue(ask("/elsewhere", null).startsWith("404 {"));
    }

    @Test
    void shouldSaySoWhenThePortIsTaken() {
        int port = URI.create(server.url()).getPort();
        UncheckedIOException taken = assertThrows(UncheckedIOException.class, () -> MemoryRegistry.start(port));
        assertTrue(String.valueOf(taken.getMessage())
                .startsWith("the schema registry cannot listen on 127.0.0.1:" + port));
    }

    private String ask(String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private byte[] write(String topic, GenericRecord record) {
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde()) {
            serde.configure(settings, false);
            return serde.serializer().serialize(topic, record);
        }
    }

    private GenericRecord read(byte[] bytes) {
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde()) {
            serde.configure(settings, false);
            return serde.deserializer().deserialize("t", bytes);
        }
    }

    private static GenericRecord record(Schema schema, Object x) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("x", x instanceof Integer number ? (Object) number.doubleValue() : x);
        return record;
    }
}
