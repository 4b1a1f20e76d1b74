package io.credence.stream.wire;

import static io.credence.stream.wire.Fixtures.NO_HEADERS;
import static io.credence.stream.wire.Fixtures.accepted;
import static io.credence.stream.wire.Fixtures.mock;
import static io.credence.stream.wire.Fixtures.rejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Rejection.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Any serde of a user works, and whatever it throws is judged. */
class ForeignSerdeTest {
    private static final GenericRecord RECORD = new GenericData.Record(
            SchemaBuilder.record("R").fields().optionalInt("n").endRecord());

    /** A serde that does what the test supplies. */
    private record Scripted(Supplier<Object> behaviour) implements Serde<GenericRecord> {
        @Override
        public Serializer<GenericRecord> serializer() {
            return (topic, record) -> (byte[]) behaviour.get();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Deserializer<GenericRecord> deserializer() {
            return (Deserializer) (Deserializer<Object>) (topic, bytes) -> behaviour.get();
        }
    }

    /** Stands for the client's exception, known by its simple name. */
    private static final class RestClientException extends Exception {
        RestClientException(String message, int code) {
            super(message + "; error code: " + code);
        }
    }

    /** A serde as a user writes it: configured, and named in the configuration. */
    public static final class Named implements Serde<GenericRecord> {
        private String setting = "";

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            setting = String.valueOf(settings.get("my.setting"));
        }

        @Override
        public Serializer<GenericRecord> serializer() {
            return (topic, record) -> setting.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public Deserializer<GenericRecord> deserializer() {
            return (topic, bytes) -> RECORD;
        }
    }

    @Test
    void shouldUseTheSerdeWhenItIsNamedInTheConfiguration() {
        try (TaskSerdes serdes =
                TaskSerdes.of(mock("foreign", "credence.value.serde", Named.class.getName(), "my.setting", "x"))) {
            assertSame(RECORD, accepted(serdes.decoder().decode("t", NO_HEADERS, new byte[] {77})));
            assertArrayEquals(new byte[] {'x'}, accepted(serdes.encoder().encode("t", NO_HEADERS, RECORD)));
        }
    }

    @Test
    void shouldNameTheKeyWhenTheSerdeIsUnusable() {
        for (Object named : new Object[] {"com.acme.Missing", "java.lang.String", Scripted.class}) {
            try (TaskSerdes serdes = TaskSerdes.of(mock("unusable", "credence.value.serde", named))) {
                var e = assertThrows(ConfigException.class, serdes::decoder);
                assertTrue(e.getMessage().contains("credence.value.serde"), e.getMessage());
            }
        }
    }

    @Test
    void shouldRejectWhenNullOrEmpty() {
        RecordDecoder decoder = new RecordDecoder(new Scripted(() -> RECORD));
        assertEquals(
                Reason.NULL_VALUE,
                rejected(decoder.decode("t", NO_HEADERS, null)).reason());
        assertEquals(
                Reason.EMPTY_VALUE,
                rejected(decoder.decode("t", NO_HEADERS, new byte[0])).reason());
    }

    @Test
    void shouldRejectWhenTheResultIsNoRecord() {
        assertEquals(Reason.NOT_A_RECORD, decodedReason(() -> "text"));
        assertEquals(Reason.NOT_A_RECORD, decodedReason(() -> null));
        RecordDecoder text = new RecordDecoder(Serdes.String());
        assertEquals(
                Reason.NOT_A_RECORD,
                rejected(text.decode("t", NO_HEADERS, new byte[] {'x'})).reason());
        assertEquals(
                Reason.NOT_ENCODABLE,
                rejected(new RecordEncoder(Serdes.String()).encode("t", NO_HEADERS, RECORD))
                        .reason());
    }

    @Test
    void shouldRejectWhenTheRecordIsAtFault() {
        assertEquals(Reason.UNDECODABLE, decodedReason(thrower(new SerializationException("x", new EOFException()))));
        assertEquals(Reason.UNDECODABLE, decodedReason(thrower(new IndexOutOfBoundsException(4))));
        assertEquals(Reason.UNDECODABLE, decodedReason(() -> {
            throw new StackOverflowError();
        }));
        assertEquals(Reason.UNKNOWN_SCHEMA, decodedReason(thrower(answer("Schema not found", 40403))));
        assertEquals(Reason.UNDECODABLE, decodedReason(thrower(answer("Unprocessable", 42201))));
    }

    @Test
    void shouldThrowWhenTheMomentIsAtFault() {
        thrown(TimeoutException.class, new TimeoutException("later"));
        thrown(TimeoutException.class, new RuntimeException(new TimeoutException("later")));
        thrown(RegistryUnavailableException.class, new SerializationException("x", new ConnectException("refused")));
        thrown(RegistryUnavailableException.class, new SerializationException("x", new SocketTimeoutException()));
        thrown(RegistryUnavailableException.class, answer("store down", 50001));
        thrown(RegistryUnavailableException.class, answer("Bad gateway", 502));
        thrown(AuthenticationException.class, answer("Unauthorized", 401));
        thrown(AuthenticationException.class, answer("User is denied", 40301));
    }

    private static void thrown(Class<? extends ApiException> expected, RuntimeException cause) {
        Scripted serde = new Scripted(thrower(cause));
        assertThrows(expected, () -> new RecordDecoder(serde).decode("t", NO_HEADERS, new byte[] {1}), cause::toString);
        assertThrows(expected, () -> new RecordEncoder(serde).encode("t", NO_HEADERS, RECORD), cause::toString);
    }

    private static RuntimeException answer(String message, int code) {
        return new SerializationException("no schema", new RestClientException(message, code));
    }

    private static Supplier<Object> thrower(RuntimeException e) {
        return () -> {
            throw e;
        };
    }

    private static Reason decodedReason(Supplier<Object> behaviour) {
        return rejected(new RecordDecoder(new Scripted(behaviour)).decode("t", NO_HEADERS, new byte[] {1}))
                .reason();
    }
}
