package io.credence.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM says about its memory, in MB, asked with {@code jcmd}.
 *
 * @param live objects on the heap after a full collection
 * @param tracked memory that the JVM itself has committed, heap included (native memory tracking)
 */
record JvmMemory(double live, double tracked) {
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern TRACKED = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");

    static JvmMemory of(long pid) throws IOException {
        return new JvmMemory(
                number(LIVE, jcmd(pid, "GC.class_histogram")) / (1 << 20),
                number(TRACKED, jcmd(pid, "VM.native_memory", "summary")) / (1 << 10));
    }

    private static String jcmd(long pid, String... command) throws IOException {
        List<String> all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static double number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }
}
