package io.credence.tool.evaluate;

import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import io.credence.tool.csv.CsvException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes every prediction as a line of a CSV file, in the order in which they were made. One thread.
 *
 * <p>Columns: {@value #COLUMNS}, for classes {@code p0}, {@code p1}, … , and {@value #FLAGS}: the row of the table from 0, the event's time
 * in milliseconds, the label (of a class its index), then the prediction, whether it is out of range, 1 or 0, and by how much, whether it is uncertain, how anomalous the event is with its label, whether that is surprising, and
 * the episode that fires, or nothing. The interval of a class is empty. Numbers have all digits; a label that was never learned has no surprise, which is 0. Columns may be added behind, never between.
 */
public final class PredictionsFile implements Consumer<Measured>, AutoCloseable {
    static final String COLUMNS = "row,time,label,mean,lower,upper,epistemic,aleatoric,nll";

    static final String FLAGS = "outOfRange,outOfRangeScore,uncertain,surprise,surprising,episode";

    private final Path file;
    private final BufferedWriter out;

    /**
     * Creates the file, or empties it, and writes the header.
     *
     * @param classes the number of classes; 0 for regression and counts
     * @throws CsvException if it cannot be written
     */
    public PredictionsFile(Path file, int classes) {
        this.file = file;
        StringBuilder header = new StringBuilder(COLUMNS);
        for (int k = 0; k < classes; k++) {
            header.append(",p").append(k);
        }
        header.append(',').append(FLAGS);
        try {
            this.out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
        line(header.toString());
    }

    @Override
    public void accept(Measured row) {
        Prediction p = row.prediction();
        double label = row.event().label();
        StringBuilder line = new StringBuilder();
        line.append(row.row()).append(',').append(row.event().timestamp());
        line.append(',').append(label).append(',').append(p.mean());
        if (p instanceof RealPrediction real) {
            line.append(',').append(real.lower()).append(',').append(real.upper());
        } else if (p instanceof CountPrediction counted) {
            line.append(',').append(counted.lower()).append(',').append(counted.upper());
        } else {
            line.append(",,");
        }
        line.append(',').append(p.epistemicVariance()).append(',').append(p.aleatoricVariance());
        line.append(',').append(-p.logLikelihood(label));
        if (p instanceof ClassPrediction classified) {
            for (double probability : classified.probabilities()) {
                line.append(',').append(probability);
            }
        }
        Flags flags = p.flags();
        line.append(flags.outOfRange() ? ",1," : ",0,");
        line.append(flags.outOfRangeScore()).append(flags.uncertain() ? ",1," : ",0,");
        Verdict verdict = row.verdict();
        line.append(verdict == null ? 0 : verdict.score());
        line.append(verdict != null && verdict.surprising() ? ",1," : ",0,").append(row.episode());
        line(line.toString());
    }

    private void line(String text) {
        try {
            out.write(text);
            out.write('\n');
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** @throws CsvException if the last lines cannot be written */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CsvException unwritable(IOException e) {
        return new CsvException("predictions file '" + file + "' cannot be written: " + e.getMessage());
    }
}
