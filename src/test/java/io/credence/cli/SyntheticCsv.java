package io.credence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables whose best possible score is known. */
final class SyntheticCsv {
    /** Deviation of the noise of {@link #linear}. */
    static final double NOISE = 0.5;

    private SyntheticCsv() {}

    /** y = 2a − 3b + 10 + noise, with a and b standard normal. */
    static Path linear(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("a,b,y"));
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            lines.add(line(a, b, 2 * a - 3 * b + 10 + NOISE * random.nextGaussian()));
        }
        return Files.write(file, lines);
    }

    /** The label is up where 4a − 4b exceeds logistic noise, else down; {@code colour} has nothing to do with it. */
    static Path classes(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("a,b,colour,way"));
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double odds = 1 / (1 + Math.exp(-4 * a + 4 * b));
            String colour = random.nextBoolean() ? "red" : "blue";
            lines.add(String.format(
                    Locale.ROOT, "%.6f,%.6f,%s,%s", a, b, colour, random.nextDouble() < odds ? "up" : "down"));
        }
        return Files.write(file, lines);
    }

    /** A count with rate exp(1 + a/2), and whether a is low, middling or high. */
    static Path countsAndLevels(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("a,count,level"));
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            int count = -1;
            for (double left = Math.exp(1 + a / 2); left > 0; count++) {
                left += Math.log(1 - random.nextDouble());
            }
            lines.add(String.format(Locale.ROOT, "%.6f,%d,%s", a, count, a < -0.5 ? "low" : a < 0.5 ? "mid" : "top"));
        }
        return Files.write(file, lines);
    }

    /** The share of labels of {@link #classes} that a forecaster who knows the odds gets right: by quadrature. */
    static double bestAccuracy() {
        double sum = 0;
        for (double z = -8; z < 8; z += 1e-3) {
            double p = 1 / (1 + Math.exp(-4 * Math.sqrt(2) * z));
            sum += 1e-3 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * Math.max(p, 1 - p);
        }
        return sum;
    }

    /** A row file of the numbers {@code from} (inclusive) to {@code to} (exclusive). */
    static Path rows(Path file, int from, int to) throws IOException {
        String text = IntStream.range(from, to)
                .mapToObj(i -> String.format(Locale.ROOT, "%e", (double) i))
                .collect(Collectors.joining("\n"));
        return Files.writeString(file, text);
    }

    private static String line(double a, double b, double y) {
        return String.format(Locale.ROOT, "%.6f,%.6f,%.6f", a, b, y);
    }
}
