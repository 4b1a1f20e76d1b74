package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReplaceVariablesInEveryKeyWhenNothingIsDeclared() throws IOException {
        Path secrets = Files.writeString(directory.resolve("s.properties"), "user=a:b$1\nseed=7\n");
        Map<String, String> overrides = new HashMap<>();
        Settings.least().forEach((key, value) -> overrides.put(key, value.toString()));
        overrides.put("basic.auth.user.info", "${file:" + secrets + ":user}");
        overrides.put("credence.seed", "${file:" + secrets + ":seed}");
        overrides.put("bootstrap.servers", "${env:HOST}:${env:PORT}");

        CredenceConfig config = CredenceConfig.load(null, Map.of("HOST", "broker", "PORT", "9093"), overrides);

        assertEquals("a:b$1", config.serde().get("basic.auth.user.info"));
        assertEquals(7, config.model().seed());
        assertEquals("broker:9093", config.streams().get("bootstrap.servers"));
    }

    @Test
    void shouldNameKeyAndVariableWhenItHasNoValue() throws IOException {
        Path secrets = Files.writeString(directory.resolve("s.properties"), "user=a\n");
        assertRefused("${env:ABSENT}", "${env:ABSENT} has no value");
        assertRefused("${file:" + secrets + ":absent}", ":absent} has no value");
        assertRefused("${file:" + directory.resolve("absent") + ":user}", "Could not read properties");
    }

    @Test
    void shouldLeaveOtherProvidersToKafkaWhenAValueNamesOne() {
        Map<String, Object> given = Map.of("ssl.key.password", "${vault:path:key}", "plain", 3);

        assertEquals(given, Variables.resolve(given, Map.of()));
    }

    @Test
    void shouldShowTheVariableNotItsValueWhenSettingsAreLogged() {
        Map<String, String> overrides = new HashMap<>();
        Settings.least().forEach((key, value) -> overrides.put(key, value.toString()));
        overrides.put("client.id", "${env:INNOCENT}");

        CredenceConfig config = CredenceConfig.load(null, Map.of("INNOCENT", "hush"), overrides);

        assertEquals("${env:INNOCENT}", config.masked().get("client.id"));
        assertFalse(config.masked().toString().contains("hush"));
    }

    private static void assertRefused(String value, String reason) {
        ConfigException e = assertThrows(
                ConfigException.class, () -> Variables.resolve(Map.of("ssl.key.password", value), Map.of()));
        assertTrue(e.getMessage().contains("ssl.key.password") && e.getMessage().contains(reason), e.getMessage());
    }
}
