package io.credence.stream.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged configuration files: either a configuration, or an error that is meant for the user. */
class ConfigFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.config", 500);
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "-1",
            "0",
            "1e9",
            "NaN",
            "99999999999999999999",
            "true",
            "null",
            ",",
            ",,,",
            "a,a",
            "(",
            "a:(",
            "a:onehot()",
            "a:onehot(,)",
            "x:cyclic(0)",
            "x:cyclic(-1)",
            "\u0000",
            "ü",
            "${env:NOPE}",
            "${",
            "${env:}",
            "${file:}",
            "16,",
            "0,0",
            "-5,3",
            "java.lang.String",
            "no.such.Class",
            "mock://a,mock://b",
            "http://",
            "a".repeat(10_000),
            "(".repeat(3_000),
            "../..",
            "topic name",
            "2147483648",
            "0.0",
            "-0",
            "Infinity");

    @TempDir
    private Path directory;

    @Test
    void shouldLoadOrRefuseForTheUserWhenTheFileIsDamaged() throws Exception {
        Random random = new Random(11);
        List<String> keys =
                CredenceConfig.definition().names().stream().sorted().toList();
        StringBuilder good = new StringBuilder();
        Settings.least()
                .forEach((key, value) ->
                        good.append(key).append('=').append(value).append('\n'));
        good.append("credence.topic.unlabelled=events\nschema.registry.url=mock://fuzz\n");
        Path file = directory.resolve("service.properties");
        int loaded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(random, good.toString(), keys);
            Files.write(file, bytes);
            try {
                CredenceConfig config = CredenceConfig.load(file, Map.of(), Map.of());
                config.streams();
                config.masked();
                loaded++;
            } catch (ConfigException e) {
                // Refused with a message, as it should be.
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
            }
        }
        if (loaded < ROUNDS / 50) {
            throw new AssertionError("only " + loaded + " files could be loaded: the damage is too coarse");
        }
    }

    private static byte[] damaged(Random random, String good, List<String> keys) {
        StringBuilder text = new StringBuilder(good);
        for (int n = random.nextInt(2); n >= 0; n--) {
            text.append(keys.get(random.nextInt(keys.size())))
                    .append('=')
                    .append(VALUES.get(random.nextInt(VALUES.size())))
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0) {
            for (int n = random.nextInt(2); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        }
        return bytes;
    }
}
