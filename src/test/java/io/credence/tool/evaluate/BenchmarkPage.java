package io.credence.tool.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes the benchmark page from what {@code evaluate --json} printed.
 *
 * <p>Run by {@code src/test/scripts/benchmark-page.sh}, which also says what the results are called.
 */
public final class BenchmarkPage {
    private static final List<String> SETS = List.of("concrete", "kin8nm", "power-plant", "wine-quality-red");
    private static final List<String> REPLAY = List.of("without", "with");
    private static final Map<String, String> VARIANTS = new TreeMap<>(Map.of(
            "as delivered", "default",
            "β = 1", "plain",
            "no averaging", "iterate",
            "no drift layer", "nodrift",
            "replay stratified", "stratified"));

    private final BenchmarkResults results;
    private final List<String> page = new ArrayList<>();

    private BenchmarkPage(BenchmarkResults results) {
        this.results = results;
    }

    /** @param args the directory of the results, and the page to write */
    public static void main(String[] args) throws IOException {
        Path page = Path.of(args[1]);
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.write(page, lines(new BenchmarkResults(Path.of(args[0]))));
    }

    /** The page's lines. */
    static List<String> lines(BenchmarkResults results) {
        BenchmarkPage page = new BenchmarkPage(results);
        page.say("# Benchmarks", "");
        page.say(
                "This page says how good the predictions are on public data sets, beside published figures.",
                "`src/test/scripts/benchmark-page.sh` writes it from the output of `evaluate --json` with the defaults.",
                "Only label, task and features are set; “without replay” adds `--set credence.replay.events=0`, and the",
                "UCI sets add `--set credence.hidden=50`, since their references have 50 units.",
                "",
                "One configuration serves every data set, but it was chosen in view of results on these sets: the figures",
                "say nothing about data that nobody looked at. The machine has two cores, which other programs used, too.",
                "");
        page.uci();
        page.streams();
        page.ablation();
        return page.page;
    }

    private void uci() {
        say("## One pass over the UCI sets", "");
        say(
                "Test RMSE and test log-likelihood per point in original units, mean ± standard error over the standard",
                "splits: one pass over the training rows, then the test rows. The references have one hidden layer of 50",
                "ReLU units and batch 1; those of rebayes chose their hyper-parameters on the test rows.",
                "");
        table("RMSE", SETS);
        for (String replay : REPLAY) {
            row("Credence, " + replay + " replay", set -> results.mean("uci." + set + "." + replay, "rmse", 1));
        }
        BenchmarkReferences.RMSE.forEach(this::say);
        say("");
        table("log-likelihood", SETS);
        for (String replay : REPLAY) {
            row("Credence, " + replay + " replay", set -> results.mean("uci." + set + "." + replay, "nll", -1));
        }
        BenchmarkReferences.LOG_LIKELIHOOD.forEach(this::say);
        say("");
        table("Credence", SETS);
        for (String replay : REPLAY) {
            String of = "uci.%s." + replay;
            row("coverage of the 95 % interval, " + replay, set -> results.mean(of.formatted(set), "coverage95", 1));
            row("CRPS, " + replay, set -> results.mean(of.formatted(set), "crps", 1));
            row("events per second, " + replay, set -> results.whole(of.formatted(set), "eventsPerSecond"));
            row("wall time of all splits, s, " + replay, set -> results.whole(of.formatted(set), "seconds"));
            row("splits, " + replay, set -> results.whole(of.formatted(set), "splits"));
        }
        say("");
    }

    private void streams() {
        say("## Test then train over streams", "");
        say("Every event is predicted before it is learned. The last half is measured on its own as well.", "");
        List<String> metrics = List.of("rmse", "nll", "coverage95", "width95Range");
        for (String stream : List.of("fried", "bike")) {
            stream(stream, metrics);
        }
        stream("elec2", List.of("accuracy", "logLoss", "brier", "ece"));
        BenchmarkReferences.STREAMS.forEach(this::say);
        say("");
    }

    private void stream(String stream, List<String> metrics) {
        List<String> head = new ArrayList<>(List.of("n"));
        head.addAll(metrics);
        head.addAll(List.of("events/s", "wall time, s"));
        table(stream, head);
        for (String replay : REPLAY) {
            String name = "stream." + stream + "." + replay;
            say("| " + replay + " replay | " + results.whole(name, "n") + " | " + figures(name, "/", metrics) + " | "
                    + results.whole(name, "eventsPerSecond") + " | " + results.whole(name, "seconds") + " |");
            say("| " + replay + " replay, last half | " + results.whole(name, "tail/n") + " | "
                    + figures(name, "/tail/", metrics) + " | | |");
        }
        say("");
    }

    private String figures(String name, String prefix, List<String> metrics) {
        return metrics.stream()
                .map(metric -> results.plain(name, prefix + metric))
                .reduce((a, b) -> a + " | " + b)
                .orElse("");
    }

    private void ablation() {
        say("## Ablation", "");
        say("Test RMSE / log-likelihood over the first splits, by estimator, update rule and replay.", "");
        table("estimator, rule, replay", SETS);
        for (String estimator : List.of("local", "shared")) {
            for (String rule : List.of("adam", "von")) {
                for (String replay : REPLAY) {
                    row(estimator + ", " + rule + ", " + replay, set -> {
                        String name = "ablation.%s.%s.%s.%s".formatted(set, estimator, rule, replay);
                        return results.mean(name, "rmse", 1) + " / " + results.mean(name, "nll", -1);
                    });
                }
            }
        }
        say(
                "",
                "What each default is worth, on the same splits and on the streams (RMSE of Fried and of the last half of");
        say("the bike hours, accuracy of Elec2):", "");
        List<String> columns = Stream.concat(SETS.stream(), Stream.of("fried", "bike", "elec2"))
                .toList();
        table("setting", columns);
        VARIANTS.forEach((name, key) -> {
            String sets = SETS.stream()
                    .map(set -> variant("ablation.%s.%s", set, key, "rmse", 1) + " / "
                            + variant("ablation.%s.%s", set, key, "nll", -1))
                    .reduce((a, b) -> a + " | " + b)
                    .orElse("");
            say("| " + name + " | " + sets + " | " + results.plain(streamOf("fried", key), "/rmse") + " | "
                    + results.plain(streamOf("bike", key), "/tail/rmse") + " | "
                    + results.plain(streamOf("elec2", key), "/accuracy") + " |");
        });
        say("");
    }

    private String variant(String form, String set, String key, String metric, int sign) {
        String name = key.equals("default") ? "ablation.%s.local.adam.with".formatted(set) : form.formatted(set, key);
        return results.mean(name, metric, sign);
    }

    private static String streamOf(String stream, String key) {
        return key.equals("default") ? "stream.%s.with".formatted(stream) : "variant.%s.%s".formatted(stream, key);
    }

    private void table(String corner, List<String> columns) {
        say("| " + corner + " | " + String.join(" | ", columns) + " |");
        say("|---|" + Stream.generate(() -> "---:|").limit(columns.size()).reduce("", String::concat));
    }

    private void row(String name, UnaryOperator<String> cell) {
        say("| " + name + " | " + String.join(" | ", SETS.stream().map(cell).toList()) + " |");
    }

    private void say(String... lines) {
        page.addAll(List.of(lines));
    }
}
