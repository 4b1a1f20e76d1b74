package io.credence.cli;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.fixture.SyntheticStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The events of {@link SyntheticStream} as tables: two columns a and b, and the label. */
final class SyntheticCsv {
    private SyntheticCsv() {}

    /** A real label y. */
    static Path linear(Path file, int rows, long seed) throws IOException {
        return table(file, rows, seed, LikelihoodKind.GAUSSIAN, "y", event -> number(event.label()));
    }

    /** The label {@code way} is up or down; {@code colour} has nothing to do with it. */
    static Path classes(Path file, int rows, long seed) throws IOException {
        return table(
                file,
                rows,
                seed,
                LikelihoodKind.BERNOULLI,
                "colour,way",
                event -> (event.timestamp() % 7000 < 3000 ? "red," : "blue,") + (event.label() == 1 ? "up" : "down"));
    }

    /** A count. */
    static Path counts(Path file, int rows, long seed) throws IOException {
        return table(
                file,
                rows,
                seed,
                LikelihoodKind.NEGATIVE_BINOMIAL,
                "count",
                event -> Long.toString((long) event.label()));
    }

    /** The label {@code level} is one of three words. */
    static Path levels(Path file, int rows, long seed) throws IOException {
        List<String> names = List.of("low", "mid", "top");
        return table(file, rows, seed, LikelihoodKind.CATEGORICAL, "level", event -> names.get((int) event.label()));
    }

    private static Path table(
            Path file, int rows, long seed, LikelihoodKind kind, String columns, Function<Observation, String> cells)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of("a,b," + columns));
        for (Observation event : SyntheticStream.of(kind, rows, 2, seed)) {
            double[] x = event.features().values();
            lines.add(number(x[0]) + "," + number(x[1]) + "," + cells.apply(event));
        }
        return Files.write(file, lines);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    /** A row file of the numbers {@code from} (inclusive) to {@code to} (exclusive). */
    static Path rows(Path file, int from, int to) throws IOException {
        String text = IntStream.range(from, to)
                .mapToObj(i -> String.format(Locale.ROOT, "%e", (double) i))
                .collect(Collectors.joining("\n"));
        return Files.writeString(file, text);
    }
}
