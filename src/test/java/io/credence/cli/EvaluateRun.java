package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs of {@code evaluate} within the test, and what the last one printed. */
final class EvaluateRun {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** Runs with these arguments; the exit code must be the one given. */
    void run(int code, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("evaluate"));
        List.of(arguments).forEach(argument -> line.add(argument.toString()));
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertEquals(code, command.execute(line.toArray(String[]::new)), err::toString);
    }

    /** The same with {@code --json}: the lines that it prints. */
    List<JsonNode> json(int code, Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        run(code, all.toArray());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().strip().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    /** Runs with arguments that are wrong, and expects these words in the error. */
    void fails(int code, String expected, Object... arguments) {
        run(code, arguments);
        assertTrue(err.toString().contains(expected), err.toString());
    }
}
