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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The events of {@link SyntheticStream} as tables: two columns a and b, and the label. */
final class SyntheticCsv {
    private SyntheticCsv() {}

    /** A real label y. */
    static Path linear(Path file, int rows, long seed) throws IOException {
        return table(file, LikelihoodKind.GAUSSIAN, rows, seed, "y", List.of());
    }

    /** The label {@code way} is up or down; {@code colour} has nothing to do with it. */
    static Path classes(Path file, int rows, long seed) throws IOException {
        return table(file, LikelihoodKind.BERNOULLI, rows, seed, "colour,way", List.of("down", "up"));
    }

    /** A count. */
    static Path counts(Path file, int rows, long seed) throws IOException {
        return table(file, LikelihoodKind.POISSON, rows, seed, "count", List.of());
    }

    /** The label {@code level} is one of three words. */
    static Path levels(Path file, int rows, long seed) throws IOException {
        return table(file, LikelihoodKind.CATEGORICAL, rows, seed, "level", List.of("low", "mid", "top"));
    }

    private static Path table(Path file, LikelihoodKind kind, int rows, long seed, String columns, List<String> names)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of("a,b," + columns));
        for (Observation event : SyntheticStream.of(kind, rows, 2, seed)) {
            double a = event.features().values()[0];
            double b = event.features().values()[1];
            String colour = columns.startsWith("colour") ? (lines.size() * 7 % 3 == 0 ? "red," : "blue,") : "";
            String label =
                    switch (kind) {
                        case BERNOULLI, CATEGORICAL -> names.get((int) event.label());
                        case POISSON -> Long.toString((long) event.label());
                        default -> String.format(Locale.ROOT, "%.6f", event.label());
                    };
            lines.add(String.format(Locale.ROOT, "%.6f,%.6f,%s%s", a, b, colour, label));
        }
        return Files.write(file, lines);
    }

    /** A row file of the numbers {@code from} (inclusive) to {@code to} (exclusive). */
    static Path rows(Path file, int from, int to) throws IOException {
        String text = IntStream.range(from, to)
                .mapToObj(i -> String.format(Locale.ROOT, "%e", (double) i))
                .collect(Collectors.joining("\n"));
        return Files.writeString(file, text);
    }
}
