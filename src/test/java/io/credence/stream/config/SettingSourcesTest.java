package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("service.properties");
        Files.writeString(file, """
                application.id=bike
                my.note=größe
                bootstrap.servers=localhost:9092
                credence.topic.labelled=hours
                credence.label=cnt
                credence.features=temp, hour:cyclic(24)
                credence.batch.size=2
                credence.samples=2 \t
                credence.seed=2
                """);
    }

    @Test
    void shouldReadTheFirstKeyWhenAByteOrderMarkStandsBeforeIt() throws IOException {
        Files.writeString(file, "\uFEFFcredence.label=kwh\ncredence.seed=3\n");

        assertEquals(Map.of("credence.label", "kwh", "credence.seed", "3"), SettingSources.read(file));
    }

    @Test
    void shouldNameTheLineWhenABackslashBeginsNoCode() throws IOException {
        Files.writeString(file, "a=C:\\\\users\nb=\\u00e9\nssl.truststore.location=C:\\users\\kafka\n");

        ConfigException e = assertThrows(ConfigException.class, () -> SettingSources.read(file));

        assertTrue(e.getMessage().contains("service.properties, line 3: "), e.getMessage());
    }

    @Test
    void shouldSayNotTextWhenTheFileIsNotUtf8() throws IOException {
        Files.write(file, new byte[] {'a', '=', (byte) 0xff});

        ConfigException e = assertThrows(ConfigException.class, () -> SettingSources.read(file));

        assertTrue(e.getMessage().endsWith("is not UTF-8 text"), e.getMessage());
    }

    @Test
    void shouldLetLaterLayersWinWhenAKeyIsGivenTwice() {
        CredenceConfig config = CredenceConfig.load(
                file,
                Map.of("CREDENCE_BATCH_SIZE", "3", "CREDENCE_SAMPLES", "3", "PATH", "/bin"),
                Map.of("credence.batch.size", "4"));

        assertEquals(4, config.model().learning().batch().size());
        assertEquals(3, config.model().predictive().samples());
        assertEquals(2, config.model().seed());
        assertEquals("größe", config.streams().get("my.note"));
    }

    @Test
    void shouldMapEveryKeyToItsOwnVariableWhenReadFromTheEnvironment() {
        CredenceConfig.definition().names().forEach(key -> {
            Map<String, String> env = Map.of(key.toUpperCase(Locale.ROOT).replace('.', '_'), "value");
            assertEquals(
                    Map.of(key, "value"),
                    SettingSources.environment(env, CredenceConfig.definition().names()));
        });
    }

    @Test
    void shouldNameTheNearestVariableWhenOneIsMisspelt() {
        ConfigException e = assertThrows(
                ConfigException.class, () -> CredenceConfig.load(file, Map.of("CREDENCE_BATCHSIZE", "3"), Map.of()));

        assertEquals(
                "unknown environment variable CREDENCE_BATCHSIZE, did you mean CREDENCE_BATCH_SIZE?", e.getMessage());
    }

    @Test
    void shouldIgnoreTheVariablesOfAServiceLinkWhenKubernetesSetsThem() {
        Map<String, String> links = Map.of(
                "CREDENCE_SERVICE_HOST", "10.0.0.1",
                "CREDENCE_SERVICE_PORT_HTTP", "80",
                "CREDENCE_PORT", "tcp://10.0.0.1:80",
                "CREDENCE_PORT_80_TCP_ADDR", "10.0.0.1");

        assertEquals(
                Map.of(),
                SettingSources.environment(links, CredenceConfig.definition().names()));
    }

    @Test
    void shouldNameTheFileWhenItDoesNotExist() {
        Path absent = directory.resolve("absent.properties");
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.load(absent, Map.of(), Map.of()));

        assertEquals("configuration file " + absent + " does not exist", e.getMessage());
    }

    @Test
    void shouldSayThatItCannotReadWhenTheFileIsADirectory() {
        ConfigException e =
                assertThrows(ConfigException.class, () -> CredenceConfig.load(directory, Map.of(), Map.of()));

        assertTrue(e.getMessage().startsWith("configuration file " + directory + " cannot be read"), e.getMessage());
    }

    @Test
    void shouldRefuseAnUnknownKeyWhenSettingsAreOnlyMerged() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> CredenceConfig.settings(null, Map.of(), Map.of("credence.topics.labelled", "x")));

        assertEquals(
                "unknown configuration credence.topics.labelled, did you mean credence.topic.labelled?",
                e.getMessage());
    }
}
