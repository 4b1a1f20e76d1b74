package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The processors and stores of the service under seeded schedules in which it is cut at any write to a store, any send
 * and any part of a commit. {@code -Dsimulate.schedules} says how many, {@code -Dsimulate.first} which is the first one,
 * {@code -Dsimulate.threads} how many run beside one another.
 */
class SimulationTest {
    private static final int CASES = 48;
    private static final int ENOUGH = 1_000;
    /** Schedules after which configurations are made anew: their serdes keep what each task that scores has derived. */
    private static final int LIFE = 2_000;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.credence.stream.topology");

    @BeforeAll
    static void saveALineForEachCommand() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void asItWas() {
        LOG.setLevel(null);
    }

    @Test
    void shouldKeepEveryPromiseWhereverItIsCut() {
        long first = Long.getLong("simulate.first", 0);
        long schedules = Long.getLong("simulate.schedules", 2_000);
        int threads = Integer.getInteger("simulate.threads", 1);
        long start = System.nanoTime();
        long ended = IntStream.range(0, threads)
                .parallel()
                .mapToLong(part -> run(
                        LongStream.range(first, first + schedules).filter(seed -> seed % threads == part),
                        SimBuild.Whole::new))
                .sum();
        System.out.printf(
                "%,d schedules from %,d on, %,d instances ended before their time, every schedule equal to its fold: %.0f s%n",
                schedules, first, ended, (System.nanoTime() - start) / 1e9);
        assertTrue(ended >= 2 * schedules, "instances ended " + ended);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindABuildThatBreaksARule(SimBuild.Broken broken) {
        assertThrows(AssertionError.class, () -> run(LongStream.range(0, ENOUGH), broken));
    }

    /** A configuration is used by one thread, and made once for many schedules. */
    private static long run(LongStream seeds, Supplier<? extends SimBuild> builds) {
        Map<Long, SimCase> worlds = new HashMap<>();
        AtomicInteger run = new AtomicInteger();
        return seeds.sequential()
                .map(seed -> {
                    if (run.incrementAndGet() % LIFE == 0) {
                        worlds.clear();
                    }
                    long number = seed % CASES;
                    return Simulation.run(worlds.computeIfAbsent(number, SimCase::new), seed, builds);
                })
                .sum();
    }
}
