package io.credence.stream.wire;

import static io.credence.stream.wire.FakeRegistry.error;
import static io.credence.stream.wire.FakeRegistry.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.wire.FakeRegistry.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
    private static final String TRIP =
            "{\"type\":\"record\",\"name\":\"Trip\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}";
    private static final Answer FOUND = ok("{\"schema\":\"" + TRIP.replace("\"", "\\\"") + "\"}");
    private static final Schema SCHEMA = new Schema.Parser().parse(TRIP);

    @Test
    void shouldAskOnceWhenTheSameIdIsReadTwice() throws IOException {
        try (var fake = new FakeRegistry(FOUND);
                var registry = fake.client(Map.of())) {
            assertEquals(SCHEMA, registry.schema(7));
            assertSame(registry.schema(7), registry.schema(7));
            assertEquals(1, fake.requests.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void shouldTryAgainWhenTheFailureMayPass(int status) throws IOException {
        try (var fake = new FakeRegistry(error(status, status * 100 + 1), error(status, status * 100 + 1), FOUND);
                var registry = fake.client(Map.of())) {
            assertEquals(SCHEMA, registry.schema(7));
            assertEquals(3, fake.requests.size());
        }
    }

    @Test
    void shouldGiveUpWithARetriableExceptionWhenTheRegistryStaysDown() throws IOException {
        try (var fake = new FakeRegistry(error(500, 50001));
                var registry = fake.client(Map.of())) {
            var e = assertThrows(RegistryUnavailableException.class, () -> registry.schema(7));
            assertTrue(e instanceof RetriableException);
            assertTrue(e.getMessage().contains(fake.url()), e.getMessage());
            assertEquals(FakeRegistry.FAST.attempts(), fake.requests.size());
        }
    }

    @Test
    void shouldBeUnavailableWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var settings = RegistrySettings.of(Map.of("schema.registry.url", "http://127.0.0.1:" + port));
        try (var registry = SchemaRegistry.of(settings, FakeRegistry.FAST)) {
            assertThrows(RegistryUnavailableException.class, registry::ping);
            assertThrows(RegistryUnavailableException.class, () -> registry.register("t-value", SCHEMA));
        }
    }

    @Test
    void shouldBeUnavailableWhenTheAnswerTakesTooLong() throws IOException {
        // Bound but never accepting: the connection stands, no answer comes.
        try (ServerSocket socket = new ServerSocket(0)) {
            var settings = RegistrySettings.of(Map.of(
                    "schema.registry.url", "http://127.0.0.1:" + socket.getLocalPort(), "http.read.timeout.ms", "20"));
            try (var registry = SchemaRegistry.of(settings, FakeRegistry.FAST)) {
                assertThrows(RegistryUnavailableException.class, () -> registry.schema(1));
            }
        }
    }

    @Test
    void shouldBlameTheRecordWhenTheIdIsUnknown() throws IOException {
        try (var fake = new FakeRegistry(error(404, 40403));
                var registry = fake.client(Map.of())) {
            var e = assertThrows(UnknownSchemaException.class, () -> registry.schema(7));
            assertTrue(e.getMessage().contains("schema id 7"), e.getMessage());
            assertEquals(1, fake.requests.size());
            registry.ping();
        }
    }

    @Test
    void shouldBlameTheRecordWhenTheSchemaIsNoAvro() throws IOException {
        try (var fake = new FakeRegistry(ok("{\"schema\":\"syntax = \\\"proto3\\\";\",\"schemaType\":\"PROTOBUF\"}"));
                var registry = fake.client(Map.of())) {
            assertThrows(UnknownSchemaException.class, () -> registry.schema(7));
        }
    }

    @Test
    void shouldBlameTheConfigurationWhenSomethingElseAnswers() throws IOException {
        try (var fake = new FakeRegistry(new Answer(404, "<html>not here</html>"));
                var registry = fake.client(Map.of())) {
            var e = assertThrows(ConfigException.class, registry::ping);
            assertTrue(e.getMessage().contains("schema.registry.url"), e.getMessage());
        }
    }

    @Test
    void shouldNotRepeatWhenCredentialsAreRefused() throws IOException {
        try (var fake = new FakeRegistry(error(401, 40101));
                var registry = fake.client(Map.of())) {
            assertThrows(AuthenticationException.class, () -> registry.schema(7));
            assertThrows(AuthenticationException.class, () -> registry.register("t-value", SCHEMA));
            assertEquals(2, fake.requests.size());
        }
        try (var fake = new FakeRegistry(error(403, 40301));
                var registry = fake.client(Map.of())) {
            assertThrows(AuthorizationException.class, () -> registry.schema(7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void shouldRefuseTheSchemaWhenTheRegistryDoes(int status) throws IOException {
        try (var fake = new FakeRegistry(error(status, status));
                var registry = fake.client(Map.of())) {
            var e = assertThrows(SchemaRefusedException.class, () -> registry.register("t-value", SCHEMA));
            assertTrue(e.getMessage().contains("t-value"), e.getMessage());
        }
    }

    @Test
    void shouldSendBasicCredentialsWhenGivenAsUserInfo() throws IOException {
        try (var fake = new FakeRegistry(FOUND);
                var registry = fake.client(
                        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:secret"))) {
            registry.schema(7);
            String expected = Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
            assertEquals("Basic " + expected, fake.authorizations.get(0));
        }
    }

    @Test
    void shouldSendTheTokenWhenBearerIsConfigured() throws IOException {
        try (var fake = new FakeRegistry(FOUND);
                var registry = fake.client(
                        Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc"))) {
            registry.schema(7);
            assertEquals("Bearer abc", fake.authorizations.get(0));
        }
    }

    @Test
    void shouldRefuseTheConfigurationWhenTlsSettingsAreUnusable() {
        assertThrows(
                ConfigException.class,
                () -> SchemaRegistry.of(Map.of(
                        "schema.registry.url",
                        "https://localhost:1",
                        "schema.registry.ssl.truststore.location",
                        "/no/such/file.jks")));
    }

    @Test
    void shouldShareSchemasWhenTheMockScopeIsTheSame() {
        Map<String, String> settings = Map.of("schema.registry.url", "mock://shared-scope");
        try (var one = SchemaRegistry.of(settings);
                var two = SchemaRegistry.of(settings)) {
            int id = one.register("t-value", SCHEMA);
            assertEquals(SCHEMA, two.schema(id));
            assertEquals(id, two.id("t-value", SCHEMA));
            assertEquals(id, two.latest("t-value"));
            assertThrows(UnknownSchemaException.class, () -> two.schema(id + 1_000));
            assertThrows(SchemaRefusedException.class, () -> two.latest("other-value"));
            two.ping();
        }
    }

    @ParameterizedTest
    @CsvSource({"401, 40101", "403, 40301", "404, 40403", "404, 0", "500, 50001", "422, 42201"})
    void shouldShowNoPasswordAnywhereWhenItStoodInTheAddress(int status, int code) throws IOException {
        try (var fake = new FakeRegistry(error(status, code))) {
            String address = fake.url().replace("://", "://me:secret@");
            try (var registry =
                    SchemaRegistry.of(RegistrySettings.of(Map.of("schema.registry.url", address)), FakeRegistry.FAST)) {
                var e = assertThrows(RuntimeException.class, () -> registry.schema(7));
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));

                assertFalse(trace.toString().contains("secret"), trace.toString());
                String sent = Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
                assertEquals("Basic " + sent, fake.authorizations.get(0));
            }
        }
    }
}
