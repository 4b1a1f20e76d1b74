package io.credence.tool.benchmark;

import io.credence.tool.benchmark.BenchmarkRun.Timing;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The medians over the runs, for people and for programs. */
public final class BenchmarkReport {
    private static final String RATES = """
            Medians of %d run(s), records a second
              pass-through           %,10.0f
              pass-through, two hops %,10.0f
              score                  %,10.0f   %.2f of the pass-through, %.2f of what it and the scorer alone (%,.0f) allow
              train                  %,10.0f   %.2f of the pass-through, %.2f of what two hops and the learner alone (%,.0f) allow
              both                   %,10.0f   %,.0f scored and %,.0f learned
            """;

    private static final String RESOURCES = """
            CPU seconds for a million records, broker included: pass-through %.1f, score %.1f, train %,.1f
            Memory, broker included: heap %,.0f MiB in use, native %,.0f MiB
            On disk after learning %,.0f events: posteriors %,.0f KiB, changelogs %,.0f KiB
            """;

    private final List<BenchmarkRun> runs;

    private BenchmarkReport(List<BenchmarkRun> runs) {
        this.runs = List.copyOf(runs);
    }

    static BenchmarkReport of(List<BenchmarkRun> runs) {
        return new BenchmarkReport(runs);
    }

    /** One object on one line. */
    public String json() {
        return BenchmarkJson.of(this);
    }

    /** A few lines of text. */
    public String text() {
        String rates = format(
                RATES,
                runs.size(),
                of(run -> run.passThrough().first()),
                of(run -> run.twoHops().first()),
                of(run -> run.score().first()),
                of(run -> run.score().first() / run.passThrough().first()),
                of(BenchmarkRun::scoreEfficiency),
                of(run -> run.scoreKernel().perSecond()),
                of(run -> run.train().first()),
                of(run -> run.train().first() / run.passThrough().first()),
                of(BenchmarkRun::trainEfficiency),
                of(run -> run.trainKernel().perSecond()),
                of(run -> run.bothScored() + run.bothTrained()),
                of(BenchmarkRun::bothScored),
                of(BenchmarkRun::bothTrained));
        String resources = format(
                RESOURCES,
                of(run -> run.passThrough().cpuMicros()),
                of(run -> run.score().cpuMicros()),
                of(run -> run.train().cpuMicros()),
                of(run -> run.size().memory().heapBytes()) / (1 << 20),
                of(run -> run.size().memory().nativeBytes()) / (1 << 20),
                of(run -> run.size().learned()),
                of(run -> run.size().posteriorBytes()) / 1024,
                of(run -> run.size().changelogBytes()) / 1024);
        return rates + resources + (timed() ? latencies() : "");
    }

    private String latencies() {
        return format(
                        "Latency at %,.0f records a second, ms%n",
                        of(run -> timing(run).rate()))
                + line("read_committed", latency(Timing::committed))
                + line("read_uncommitted", latency(Timing::uncommitted))
                + line("idle, uncommitted", latency(Timing::idle));
    }

    private static String line(String reader, Latency latency) {
        return format(
                "  %-17s p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f%n",
                reader, latency.p50(), latency.p99(), latency.p999(), latency.max());
    }

    /** A run in a line. */
    static String sentence(BenchmarkRun run) {
        return format(
                "pass-through %,.0f/s (two hops %,.0f/s), score %,.0f/s (alone %,.0f/s, efficiency %.2f, by CPU %.2f),"
                        + " train %,.0f/s (alone %,.0f/s, efficiency %.2f, by CPU %.2f)",
                run.passThrough().first(),
                run.twoHops().first(),
                run.score().first(),
                run.scoreKernel().perSecond(),
                run.scoreEfficiency(),
                run.scoreCpuEfficiency(),
                run.train().first(),
                run.trainKernel().perSecond(),
                run.trainEfficiency(),
                run.trainCpuEfficiency());
    }

    int runs() {
        return runs.size();
    }

    /** Whether latencies were measured. */
    boolean timed() {
        return runs.stream().allMatch(run -> run.timing() != null);
    }

    /** The median of a figure. */
    double of(ToDoubleFunction<BenchmarkRun> figure) {
        return Efficiency.median(runs.stream().mapToDouble(figure).toArray());
    }

    /** The medians of a latency's percentiles. */
    Latency latency(Function<Timing, Latency> figure) {
        return Latency.median(
                runs.stream().map(BenchmarkReport::timing).map(figure).toList());
    }

    static Timing timing(BenchmarkRun run) {
        return Objects.requireNonNull(run.timing());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
