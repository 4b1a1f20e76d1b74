package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "fail")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @Test
    void shouldSucceedWhenAskedForHelpOrVersion() {
        assertEquals(0, execute("--help"));
        assertTrue(out.toString().contains("run") && out.toString().contains("topology"), out.toString());
        assertEquals(0, execute("--version"));
        assertEquals(0, execute("run", "--help"));
        assertTrue(out.toString().contains("--config=FILE"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldExitWithTwoWhenTheArgumentsAreWrong() {
        assertEquals(2, execute());
        assertEquals(2, execute("fly"));
        assertEquals(2, execute("run", "--wings"));
        assertEquals(2, execute("run", "--set", "credence.batch.size"));
    }

    @Test
    void shouldSayOneSentenceWhenTheConfigurationIsWrong() {
        assertEquals(2, execute("run", "--config", "absent.properties"));

        assertEquals("credence: configuration file absent.properties does not exist\n", normal(err));
        assertEquals("", out.toString());
    }

    @Test
    void shouldSayWhatToDoWhenNativeCodeOrMemoryIsMissing() {
        Error unlinked = new ExceptionInInitializerError(
                new RuntimeException("ND4J", new UnsatisfiedLinkError("Could not create the cache")));
        String code = Failures.sentence(new IllegalStateException(unlinked));
        assertTrue(code.contains("(Could not create the cache)") && code.contains("cachedir"), code);
        assertFalse(code.contains("java.lang"), code);
        String memory = Failures.sentence(new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertTrue(memory.contains("-Xmx"), memory);
    }

    @Test
    void shouldNameTheNearestKeyWhenOneIsMisspelt() {
        assertEquals(2, execute("topology", "--set", "credence.feature=a"));

        assertEquals(
                "credence: unknown configuration credence.feature, did you mean credence.features?\n", normal(err));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "topology",
                "fold",
                "model list",
                "benchmark",
                "evaluate --csv=absent.csv --label=x",
                "produce --csv=absent.csv --topic=t"
            })
    void shouldExitWithTwoAndShowNothingOfItWhenASecretIsOnTheCommandLine(String command) {
        List<String> args = new ArrayList<>(List.of("--stacktrace"));
        args.addAll(List.of(command.split(" ")));
        args.addAll(List.of("--set", "sasl.jaas.config=hush"));

        assertEquals(2, execute(args.toArray(String[]::new)));

        assertTrue(err.toString().contains("sasl.jaas.config=${env:NAME}"), err.toString());
        assertFalse((out.toString() + err).contains("hush"), err.toString());
    }

    @Test
    void shouldExitWithTwoWhenKafkaWrapsAWrongSetting() {
        Exception wrapped = new KafkaException("Failed to construct", new ConfigException("ssl.protocol", "x", "no"));

        assertEquals(2, execute(wrapped, "fail"));
        assertEquals("credence: Invalid value x for configuration ssl.protocol: no\n", normal(err));
    }

    @Test
    void shouldExitWithOneAndOneSentenceWhenSomethingElseFails() {
        assertEquals(1, execute(new IllegalStateException("the broker is gone"), "fail"));

        assertEquals("credence: the broker is gone\n", normal(err));
    }

    @Test
    void shouldNameTheClassWhenAFailureHasNoMessage() {
        assertEquals(1, execute(new IllegalStateException(), "fail"));

        assertEquals("credence: java.lang.IllegalStateException\n", normal(err));
    }

    @Test
    void shouldShowTheStackTraceWhenAskedTo() {
        execute(new IllegalStateException("gone"), "fail");
        assertFalse(err.toString().contains("\tat "));

        execute(new IllegalStateException("gone"), "--stacktrace", "fail");
        assertTrue(err.toString().contains("\tat "));
    }

    private int execute(String... args) {
        return execute(new IllegalStateException(), args);
    }

    private int execute(Exception failure, String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.addSubcommand(new CommandLine(new Failing(failure)));
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static String normal(StringWriter writer) {
        return writer.toString().replace("\r\n", "\n");
    }
}
