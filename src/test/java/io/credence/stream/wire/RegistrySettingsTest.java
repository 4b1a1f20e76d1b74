package io.credence.stream.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
    private static final Schema TRIP = SchemaBuilder.record("Trip")
            .namespace("acme")
            .fields()
            .requiredInt("n")
            .endRecord();

    @Test
    void shouldHaveConfluentsDefaultsWhenOnlyTheUrlIsGiven() {
        RegistrySettings s = RegistrySettings.of(Map.of("schema.registry.url", "http://a:1, http://b:2"));
        assertEquals(List.of("http://a:1", "http://b:2"), s.urls());
        assertTrue(s.autoRegister());
        assertFalse(s.useLatest());
        assertEquals(SubjectNaming.TOPIC, s.naming());
    }

    @Test
    void shouldPassEverythingToTheClientWhenKeysAreNotOurs() {
        RegistrySettings s = RegistrySettings.of(
                Map.of("schema.registry.url", "http://a:1", "basic.auth.user.info", "u:p", "http.read.timeout.ms", 7));
        assertEquals("u:p", s.client().get("basic.auth.user.info"));
        assertEquals(7, s.client().get("http.read.timeout.ms"));
    }

    @Test
    void shouldGiveTheClientNumbersAndPlainSecretsWhenTheyComeAsTextAndPasswords() {
        RegistrySettings s = RegistrySettings.of(Map.of(
                "schema.registry.url",
                "http://a:1",
                "missing.schema.cache.ttl.sec",
                "9",
                "proxy.port",
                "80",
                "bearer.auth.token",
                new Password("abc")));
        assertEquals(9L, s.client().get("missing.schema.cache.ttl.sec"));
        assertEquals(80, s.client().get("proxy.port"));
        assertEquals("abc", s.client().get("bearer.auth.token"));
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
        "RecordNameStrategy, acme.Trip",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-acme.Trip"
    })
    void shouldNameTheSubjectWhenTheStrategyIsConfluents(String strategy, String subject) {
        RegistrySettings s =
                RegistrySettings.of(Map.of("schema.registry.url", "mock://a", "value.subject.name.strategy", strategy));
        assertEquals(subject, s.naming().subject("t", TRIP));
    }

    @Test
    void shouldNameKeyAndAllowedValuesWhenTheStrategyIsUnknown() {
        var e = assertThrows(
                ConfigException.class,
                () -> RegistrySettings.of(
                        Map.of("schema.registry.url", "mock://a", "value.subject.name.strategy", "com.acme.Mine")));
        assertTrue(e.getMessage().contains("value.subject.name.strategy"), e.getMessage());
        assertTrue(e.getMessage().contains("com.acme.Mine"), e.getMessage());
        assertTrue(e.getMessage().contains("TopicRecordNameStrategy"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "localhost:8081", "mock://a,http://b:1", "ftp://x"})
    void shouldNameTheUrlKeyWhenTheUrlIsUnusable(String url) {
        var e = assertThrows(ConfigException.class, () -> RegistrySettings.of(Map.of("schema.registry.url", url)));
        assertTrue(e.getMessage().contains("schema.registry.url"), e.getMessage());
    }

    @Test
    void shouldNameTheKeyWhenAFlagIsNeitherTrueNorFalse() {
        var e = assertThrows(
                ConfigException.class,
                () -> RegistrySettings.of(Map.of("schema.registry.url", "mock://a", "auto.register.schemas", "maybe")));
        assertTrue(e.getMessage().contains("auto.register.schemas"), e.getMessage());
    }
}
