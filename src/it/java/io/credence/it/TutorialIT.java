package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.fixture.Wait;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the tutorial's page, one after the other, as somebody types them who reads it: in a clean copy where there
 * is one, else beside this build.
 */
final class TutorialIT {
    private static final Pattern COMMAND = Pattern.compile("(?ms)^```bash\\n(.*?)^```");
    private static final Pattern STAYS = Pattern.compile("\\A# stays\\b.*\\n");
    private static final List<String> FOLDERS = List.of("src", "target");
    private static final List<String> PORTS = List.of("9092", "8081", "8080", "8090");

    /** A clean copy of the project that has been built, where the page is to be followed. */
    private static final String COPY = "TUTORIAL_DIRECTORY";

    @TempDir
    private Path directory;

    private final Map<String, String> said = new LinkedHashMap<>();
    private final List<Process> staying = new ArrayList<>();
    private int commands;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page is for a shell")
    void shouldLeadFromAFileToPredictionsWhenThePageIsFollowed() throws Exception {
        String copy = System.getenv(COPY);
        if (copy != null) {
            directory = Path.of(copy);
        } else {
            for (String folder : FOLDERS) {
                Files.createSymbolicLink(
                        directory.resolve(folder), Path.of(folder).toAbsolutePath());
            }
        }
        String page = Files.readString(Path.of("src/site/markdown/tutorial.md"));
        for (String port : PORTS) {
            page = page.replace(port, Integer.toString(freePort()));
        }
        try {
            for (MatchResult block : COMMAND.matcher(page).results().toList()) {
                follow(block.group(1));
            }
            judge();
            for (int i = staying.size() - 1; i >= 0; i--) {
                Process process = staying.get(i);
                process.destroy();
                Wait.ended("what was told to stop", process, outputs());
                assertEquals(0, process.exitValue(), said::toString);
            }
        } finally {
            staying.forEach(Process::destroyForcibly);
            if (copy == null) {
                for (String folder : FOLDERS) {
                    Files.delete(directory.resolve(folder));
                }
            }
        }
    }

    /** What somebody sees who follows the page. */
    private void judge() throws IOException {
        assertEquals(12, commands, "commands on the page");
        assertTrue(said("evaluate ").contains("baselines: lastValue"), said::toString);
        assertTrue(said("--limit 3000").contains("Sent 3,000 record(s) to topic bike-hours"), said::toString);
        assertTrue(said("check ").lines().allMatch(line -> line.startsWith("OK ")), () -> said("check "));
        assertTrue(said("--label-delay").contains("Sent 1,200 record(s) to topic bike-hours, 600"), said::toString);
        String table = said("watch scored");
        assertTrue(table.lines().filter(line -> line.startsWith("2011-")).count() == 20, table);
        assertTrue(table.contains("["), table);
        assertTrue(json("watch metrics").at("/value/rmse").isNumber(), () -> said("watch metrics"));
        JsonNode prediction = json("/predict").at("/predictions/0");
        assertTrue(prediction.get("mean").doubleValue() > 0, prediction::toString);
        assertTrue(
                prediction.get("upper").doubleValue() > prediction.get("lower").doubleValue(), prediction::toString);
    }

    private void follow(String block) throws Exception {
        boolean stays = STAYS.matcher(block).find();
        String command = STAYS.matcher(block).replaceFirst("");
        File output = directory.resolve("said-" + commands++).toFile();
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", stays ? "exec " + command : command);
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (stays) {
            staying.add(process);
            Wait.until("a word of: " + command, Wait.working(process), () -> {
                assertTrue(process.isAlive(), () -> read(output));
                return output.length() > 0;
            });
            said.put(command, "");
            return;
        }
        try {
            Wait.ended(command, process, outputs());
        } finally {
            process.destroyForcibly();
        }
        said.put(command, read(output));
        assertEquals(0, process.exitValue(), () -> command + read(output) + everythingThatStays());
    }

    /** Whatever grows while a command waits for another process. */
    private File[] outputs() {
        File[] files = directory.toFile().listFiles((folder, name) -> name.startsWith("said-"));
        return files == null ? new File[0] : files;
    }

    private String everythingThatStays() {
        StringBuilder all = new StringBuilder();
        for (File file : outputs()) {
            all.append("\n--- ").append(file.getName()).append('\n').append(read(file));
        }
        return all.toString();
    }

    private String said(String part) {
        return said.entrySet().stream()
                .filter(one -> one.getKey().contains(part))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no command has " + part));
    }

    private JsonNode json(String part) throws IOException {
        String text = said(part);
        return new ObjectMapper().readTree(text.substring(text.indexOf('{')));
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
