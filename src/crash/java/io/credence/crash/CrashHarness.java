package io.credence.crash;

import io.credence.it.RegistryServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The exactly-once promise under fire: real processes of the service, killed and paused at random moments while they are
 * fed, on real brokers with a real registry. Run it with {@code mvn -Pcrash verify}; {@link CrashSettings} has the
 * parameters.
 */
final class CrashHarness {
    @Test
    void shouldKeepItsPromisesWhenInstancesAreKilledAndPaused() throws Exception {
        CrashSettings run = CrashSettings.fromSystem();
        Path directory = CrashSettings.directory();
        clear(directory);
        long start = System.nanoTime();
        System.out.println("crash harness: " + run);
        System.out.printf(
                "  time-outs: session %d ms, transaction %d ms, clean-up every %d ms%n",
                CrashSettings.SESSION_MS, CrashSettings.TRANSACTION_MS, CrashSettings.CLEAN_UP_MS);
        try (RegistryServer registry = RegistryServer.start();
                Brokers brokers = Brokers.start(run.brokers(), directory.resolve("brokers"))) {
            for (int phase = 0; phase < run.phases().size(); phase++) {
                try (Phase running = new Phase(run, phase, brokers, registry.url())) {
                    running.run();
                }
            }
        }
        System.out.printf("  all promises kept, %.0f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static void clear(Path directory) throws Exception {
        if (Files.exists(directory)) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(directory)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
