package io.credence.cli;

import io.credence.stream.config.Secrets;
import io.credence.tool.benchmark.Benchmark;
import io.credence.tool.benchmark.BenchmarkPlan;
import io.credence.tool.benchmark.BenchmarkReport;
import io.credence.tool.benchmark.Compute;
import io.credence.tool.benchmark.ComputeResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark}: what this machine can learn and score, on a broker in this process. */
@Command(
        name = "benchmark",
        description = "Measures, on a broker in this process, how many records a second this machine passes through,"
                + " scores and learns, and how long they take.",
        showDefaultValues = true)
final class BenchmarkCommand implements Callable<Integer> {
    private static final double COMPUTE_SECONDS = 1;

    @Option(names = "--events", description = "Records that are passed through and scored in a run.")
    private int events = 400_000;

    @Option(names = "--train-events", description = "Labelled records that are learned in a run.")
    private int trainEvents = 20_000;

    @Option(names = "--partitions", description = "Partitions of the input topics.")
    private int partitions = 1;

    @Option(names = "--threads", description = "Stream threads.")
    private int threads = 1;

    @Option(names = "--features", description = "Numbers in a record.")
    private int features = 16;

    @Option(names = "--hidden", split = ",", description = "Units of each hidden layer.")
    private List<Integer> hidden = List.of(64, 64);

    @Option(names = "--samples", description = "Monte-Carlo samples of a prediction.")
    private int samples = 32;

    @Option(names = "--batch-size", description = "Fresh events in a minibatch of the learner.")
    private int batchSize = 1;

    @Option(
            names = "--rate",
            description = "Records a second at which the latency is measured; 0 is a third of the scoring rate.")
    private double rate;

    @Option(names = "--latency-seconds", description = "How long the latency is measured; 0 leaves it out.")
    private int latencySeconds = 10;

    @Option(names = "--runs", description = "Repetitions, of which the medians are reported.")
    private int runs = 5;

    @Option(
            names = "--compute",
            description = "Measure the learner and the scorer alone on one thread, without a broker.")
    private boolean compute;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the service. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print the medians as one JSON object, the last line of standard output.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        atLeast(1, "--events", events);
        atLeast(1, "--train-events", trainEvents);
        atLeast(1, "--partitions", partitions);
        atLeast(1, "--threads", threads);
        atLeast(1, "--features", features);
        atLeast(1, "--samples", samples);
        atLeast(1, "--batch-size", batchSize);
        atLeast(0, "--latency-seconds", latencySeconds);
        if (!(rate >= 0 && rate <= 1e7)) {
            throw new ParameterException(spec.commandLine(), "--rate=" + rate + " must be from 0 to 10,000,000");
        }
        atLeast(1, "--runs", runs);
        hidden.forEach(units -> atLeast(1, "--hidden", units));
        Secrets.refuseOnCommandLine(settings);
        QuietLog.unlessAsked();
        if (compute) {
            ComputeResult result = new Compute(features, hidden, samples, runs, COMPUTE_SECONDS).run();
            print(result.text(), result.json());
            return 0;
        }
        BenchmarkPlan plan = new BenchmarkPlan(
                events,
                trainEvents,
                partitions,
                threads,
                features,
                hidden,
                samples,
                batchSize,
                rate,
                latencySeconds,
                runs,
                settings);
        PrintWriter err = spec.commandLine().getErr();
        BenchmarkReport report = new Benchmark(plan, line -> {
                    err.println(line);
                    err.flush();
                })
                .run();
        print(report.text(), report.json());
        return 0;
    }

    private void print(String text, String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        if (json) {
            out.println(line);
        }
        out.flush();
    }

    private void atLeast(int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + "=" + value + " must be at least " + least);
        }
    }
}
