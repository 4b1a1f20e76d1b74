package io.credence.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The medians over the runs, for people and for programs. */
public final class BenchmarkReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<BenchmarkRun> runs;

    private BenchmarkReport(List<BenchmarkRun> runs) {
        this.runs = List.copyOf(runs);
    }

    static BenchmarkReport of(List<BenchmarkRun> runs) {
        return new BenchmarkReport(runs);
    }

    /** One object on one line. */
    public String json() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("runs", runs.size());
        put(json, "passThrough", BenchmarkRun::passThrough);
        put(json, "passThroughTwoHops", BenchmarkRun::passThroughTwoHops);
        put(json, "scoreKernel", BenchmarkRun::scoreKernel);
        put(json, "trainKernel", BenchmarkRun::trainKernel);
        put(json, "score", BenchmarkRun::score);
        put(json, "train", BenchmarkRun::train);
        put(json, "both", run -> run.bothScored() + run.bothTrained());
        put(json, "bothScored", BenchmarkRun::bothScored);
        put(json, "bothTrained", BenchmarkRun::bothTrained);
        put(json, "scoreRatio", run -> run.score() / run.passThrough());
        put(json, "trainRatio", run -> run.train() / run.passThrough());
        put(json, "scoreEfficiency", BenchmarkRun::scoreEfficiency);
        put(json, "trainEfficiency", BenchmarkRun::trainEfficiency);
        ObjectNode cpu = json.putObject("cpuSecondsPerMillion");
        put(cpu, "passThrough", BenchmarkRun::passThroughCpu);
        put(cpu, "score", BenchmarkRun::scoreCpu);
        put(cpu, "train", BenchmarkRun::trainCpu);
        put(json, "heapBytes", BenchmarkRun::heapBytes);
        put(json, "nativeBytes", BenchmarkRun::nativeBytes);
        put(json, "posteriorBytes", BenchmarkRun::posteriorBytes);
        put(json, "changelogBytes", BenchmarkRun::changelogBytes);
        put(json, "scored", BenchmarkRun::scored);
        put(json, "learned", BenchmarkRun::learned);
        if (timed()) {
            ObjectNode latency = json.putObject("latencyMs");
            put(latency, "rate", BenchmarkRun::latencyRate);
            latency.set("committed", MAPPER.valueToTree(latency(BenchmarkRun::committed)));
            latency.set("uncommitted", MAPPER.valueToTree(latency(BenchmarkRun::uncommitted)));
            latency.set("idle", MAPPER.valueToTree(latency(BenchmarkRun::idle)));
        }
        return json.toString();
    }

    /** A few lines of text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "Medians of %d run(s), records a second", runs.size());
        line(text, "  pass-through           %,10.0f", of(BenchmarkRun::passThrough));
        line(text, "  pass-through, two hops %,10.0f", of(BenchmarkRun::passThroughTwoHops));
        line(
                text,
                "  score                  %,10.0f   %.2f of the pass-through, %.2f of what it and the kernel's %,.0f allow",
                of(BenchmarkRun::score),
                of(run -> run.score() / run.passThrough()),
                of(BenchmarkRun::scoreEfficiency),
                of(BenchmarkRun::scoreKernel));
        line(
                text,
                "  train                  %,10.0f   %.2f of the pass-through, %.2f of what two hops and the kernel's %,.0f allow",
                of(BenchmarkRun::train),
                of(run -> run.train() / run.passThrough()),
                of(BenchmarkRun::trainEfficiency),
                of(BenchmarkRun::trainKernel));
        line(
                text,
                "  both                   %,10.0f   %,.0f scored and %,.0f learned",
                of(run -> run.bothScored() + run.bothTrained()),
                of(BenchmarkRun::bothScored),
                of(BenchmarkRun::bothTrained));
        line(
                text,
                "CPU seconds for a million records, broker included: pass-through %.1f, score %.1f, train %.1f",
                of(BenchmarkRun::passThroughCpu),
                of(BenchmarkRun::scoreCpu),
                of(BenchmarkRun::trainCpu));
        line(
                text,
                "Memory, broker included: heap %,.0f MiB in use, native %,.0f MiB",
                of(BenchmarkRun::heapBytes) / (1 << 20),
                of(BenchmarkRun::nativeBytes) / (1 << 20));
        line(
                text,
                "On disk after learning %,.0f events: posteriors %,.0f KiB, changelogs %,.0f KiB",
                of(BenchmarkRun::learned),
                of(BenchmarkRun::posteriorBytes) / 1024,
                of(BenchmarkRun::changelogBytes) / 1024);
        if (timed()) {
            line(text, "Latency at %,.0f records a second, ms", of(BenchmarkRun::latencyRate));
            latency(text, "read_committed", latency(BenchmarkRun::committed));
            latency(text, "read_uncommitted", latency(BenchmarkRun::uncommitted));
            latency(text, "idle, uncommitted", latency(BenchmarkRun::idle));
        }
        return text.toString();
    }

    /** A run in a line. */
    static String sentence(BenchmarkRun run) {
        return String.format(
                Locale.ROOT,
                "pass-through %,.0f/s (two hops %,.0f/s), score %,.0f/s (kernel %,.0f/s, efficiency %.2f),"
                        + " train %,.0f/s (kernel %,.0f/s, efficiency %.2f)",
                run.passThrough(),
                run.passThroughTwoHops(),
                run.score(),
                run.scoreKernel(),
                run.scoreEfficiency(),
                run.train(),
                run.trainKernel(),
                run.trainEfficiency());
    }

    private boolean timed() {
        return runs.stream().allMatch(run -> run.committed() != null);
    }

    private double of(ToDoubleFunction<BenchmarkRun> field) {
        return Efficiency.median(runs.stream().mapToDouble(field).toArray());
    }

    private Latency latency(Function<BenchmarkRun, @Nullable Latency> field) {
        return Latency.median(runs.stream()
                .map(run -> Objects.requireNonNull(field.apply(run)))
                .toList());
    }

    /** Four digits are more than a noisy machine gives; large counts stay whole. */
    private void put(ObjectNode json, String name, ToDoubleFunction<BenchmarkRun> field) {
        double value = of(field);
        if (Math.abs(value) >= 1_000) {
            json.put(name, Math.round(value));
        } else {
            json.put(name, Math.round(value * 1e3) / 1e3);
        }
    }

    private static void latency(StringBuilder text, String reader, Latency latency) {
        line(
                text,
                "  %-17s p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f",
                reader,
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.max());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
