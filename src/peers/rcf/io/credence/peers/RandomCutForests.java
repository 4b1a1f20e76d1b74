package io.credence.peers;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The anomaly scores of Random Cut Forest (Guha et al. 2016) over tables in order, each row scored before it is learned: 50 trees of
 * 256 points, shingles of four rows, each column over its running deviation. {@code TABLE.rcf} has a score a row.
 *
 * <p>Arguments: the tables, whose columns are numbers, the label among them; the column {@code timestamp} is left out.
 */
public final class RandomCutForests {
    private static final int SHINGLE = 4;
    private static final double SMALL = 1e-9;

    private RandomCutForests() {}

    /** Writes the scores of each table. */
    public static void main(String[] tables) throws IOException {
        for (String table : tables) {
            try (BufferedReader rows = Files.newBufferedReader(Path.of(table));
                    PrintWriter scores = new PrintWriter(Files.newBufferedWriter(Path.of(table + ".rcf")))) {
                score(rows, scores);
            }
        }
    }

    private static void score(BufferedReader rows, PrintWriter scores) throws IOException {
        List<String> names = List.of(rows.readLine().split(","));
        int[] columns = names.stream()
                .filter(name -> !List.of("timestamp", "dteday").contains(name))
                .mapToInt(names::indexOf)
                .toArray();
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(SHINGLE * columns.length)
                .shingleSize(SHINGLE)
                .internalShinglingEnabled(true)
                .precision(Precision.FLOAT_32)
                .numberOfTrees(50)
                .sampleSize(256)
                .randomSeed(7)
                .build();
        double[] mean = new double[columns.length];
        double[] squares = new double[columns.length];
        long seen = 0;
        for (String line = rows.readLine(); line != null; line = rows.readLine()) {
            String[] cells = line.split(",");
            seen++;
            float[] x = new float[columns.length];
            for (int i = 0; i < x.length; i++) {
                double value = Double.parseDouble(cells[columns[i]]);
                double off = value - mean[i];
                mean[i] += off / seen;
                squares[i] += off * (value - mean[i]);
                x[i] = (float) ((value - mean[i]) / Math.max(SMALL, Math.sqrt(squares[i] / seen)));
            }
            scores.println(forest.getAnomalyScore(x));
            forest.update(x);
        }
    }
}
