package io.credence.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of the soak does, from system properties {@code soak.*}.
 *
 * @param warmUp minutes at full load before memory is compared
 * @param minutes minutes over which it is compared
 * @param backlog records that always wait
 * @param heapMb size of the heap: fixed and touched at the start, so that all growth of the resident memory is native
 * @param protocol rebalance protocol
 * @param jvm further options of the JVM, as the container image sets them
 */
record SoakSettings(double warmUp, double minutes, int backlog, int heapMb, String protocol, List<String> jvm) {
    private static final String LIMITS = "-XX:+ExitOnOutOfMemoryError -Dorg.bytedeco.javacpp.maxbytes=256m"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0";

    static SoakSettings fromSystem() {
        return new SoakSettings(
                Double.parseDouble(System.getProperty("soak.warmup.minutes", "8")),
                Double.parseDouble(System.getProperty("soak.minutes", "30")),
                Integer.getInteger("soak.backlog", 20_000),
                Integer.getInteger("soak.heap.mb", 512),
                System.getProperty("soak.protocol", "classic"),
                List.of(System.getProperty("soak.jvm", LIMITS).split(" ")));
    }

    /** Where logs and data of the run lie. */
    static Path directory() {
        return Path.of(System.getProperty("soak.directory", "target/soak"));
    }

    /** The whole command line of the JVM. */
    List<String> options() {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(List.of(
                "-Xms" + heapMb + "m",
                "-Xmx" + heapMb + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:NativeMemoryTracking=summary"));
        return all;
    }

    /** Memory at the start and at the end is a median over this time: a tenth of the run. */
    double windowMinutes() {
        return minutes / 10;
    }
}
