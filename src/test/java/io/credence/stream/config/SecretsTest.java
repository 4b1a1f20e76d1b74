package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password",
                "consumer.ssl.keystore.password",
                "sasl.jaas.config",
                "producer.sasl.jaas.config",
                "basic.auth.user.info",
                "schema.registry.basic.auth.user.info",
                "bearer.auth.token",
                "sasl.oauthbearer.client.credentials.client.secret",
                "ssl.keystore.key",
                "sasl.oauthbearer.assertion.private.key.passphrase",
                "my.SECRET"
            })
    void shouldHideTheValueWhenTheKeyHoldsASecret(String key) {
        Map<String, Object> settings = Settings.with(key, "hush");

        // Not a whole configuration: Kafka would check the stores and logins that some of these keys name.
        assertEquals("[hidden]", Secrets.mask(key, settings.get(key), "hush"));
    }

    @Test
    void shouldHideTheValueWhenItsTypeIsPassword() {
        assertEquals("[hidden]", Secrets.mask("any", new Password("hush"), null));
    }

    @Test
    void shouldHideUserInfoWhenItStandsInAnAddress() {
        assertEquals(
                "http://[hidden]@registry:8081",
                Secrets.mask("schema.registry.url", "http://user:hush@registry:8081", "…"));
    }

    @Test
    void shouldShowDefaultsAndHideSecretsWhenTheWholeIsLogged() {
        Map<String, String> masked = CredenceConfig.of(Settings.with("basic.auth.user.info", "user:hush"))
                .masked();

        assertEquals("[hidden]", masked.get("basic.auth.user.info"));
        assertEquals("1", masked.get("credence.batch.size"));
        assertEquals("bike-training", masked.get("credence.topic.training"));
        assertEquals("unset", masked.get("credence.model.key"));
        assertEquals("exactly_once_v2", masked.get("processing.guarantee"));
        assertFalse(masked.toString().contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password",
                "admin.ssl.truststore.password",
                "sasl.jaas.config",
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "basic.auth.user.info",
                "schema.registry.ssl.keystore.password",
                "bearer.auth.token",
                "bearer.auth.client.secret",
                "ssl.keystore.key"
            })
    void shouldRefuseASecretWhenItStandsOnTheCommandLine(String key) {
        ConfigException e = assertThrows(ConfigException.class, () -> Secrets.refuseOnCommandLine(Map.of(key, "hush")));

        assertTrue(e.getMessage().contains(key + "=${env:"), e.getMessage());
        assertFalse(e.getMessage().contains("hush"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema.registry.url", "bootstrap.servers", "sasl.oauthbearer.token.endpoint.url"})
    void shouldRefuseAnAddressOnTheCommandLineWhenItCarriesCredentials(String key) {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> Secrets.refuseOnCommandLine(Map.of(key, "https://a,https://user:hush@b:8081")));

        assertTrue(e.getMessage().contains(key), e.getMessage());
        assertFalse(e.getMessage().contains("hush"), e.getMessage());
    }

    @Test
    void shouldTakeTheCommandLineWhenItSaysWhereASecretIsButNotTheSecret() {
        Secrets.refuseOnCommandLine(Map.of(
                "sasl.jaas.config", "${file:/run/secrets/kafka.properties:jaas}",
                "ssl.key.password", "${env:PASSWORD}",
                "basic.auth.credentials.source", "USER_INFO",
                "schema.registry.url", "http://registry:8081",
                "ssl.keystore.location", "/run/secrets/store.p12",
                "credence.model.key", "user"));
    }

    @Test
    void shouldNotShowASecretWhenAVariableBesideItHasNoValue() {
        Map<String, String> settings = Map.of("sasl.jaas.config", "PlainLoginModule hush ${env:ABSENT};");

        ConfigException e = assertThrows(ConfigException.class, () -> Variables.resolve(settings, Map.of()));

        assertTrue(e.getMessage().contains("${env:ABSENT}"), e.getMessage());
        assertFalse(e.getMessage().contains("hush"), e.getMessage());
    }
}
