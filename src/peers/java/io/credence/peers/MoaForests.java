package io.credence.peers;

import com.yahoo.labs.samoa.instances.Attribute;
import com.yahoo.labs.samoa.instances.DenseInstance;
import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.Instances;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import moa.classifiers.Classifier;
import moa.classifiers.meta.AdaptiveRandomForest;
import moa.classifiers.meta.AdaptiveRandomForestRegressor;
import moa.classifiers.meta.SelfOptimisingKNearestLeaves;
import moa.core.Utils;

/**
 * MOA's forests over the streams that change, test then train, at MOA's own defaults: adaptive random forest (Gomes et al.
 * 2017, 2018) and, for real targets, SOKNL (Sun et al. 2022). One JSON object a learner and stream on standard output.
 *
 * <p>Arguments: the folder of the streams, then the names of some of them; without names all.
 */
public final class MoaForests {
    private static final List<String> STREAMS =
            List.of("abrupt", "late", "rotate", "return", "scale", "sea", "blobs", "walk");
    private static final List<String> OF_CLASSES = List.of("sea", "blobs");

    private MoaForests() {}

    /** A table of numbers whose last column is the target. */
    private record Table(List<String> columns, List<double[]> rows) {
        static Table read(Path file) throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                List<String> columns = List.of(lines.readLine().split(","));
                List<double[]> rows = new ArrayList<>();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] cells = line.split(",");
                    double[] row = new double[cells.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Double.parseDouble(cells[i]);
                    }
                    rows.add(row);
                }
                return new Table(columns, rows);
            }
        }

        InstancesHeader header(boolean classes) {
            List<Attribute> attributes = new ArrayList<>();
            int target = columns.size() - 1;
            for (int i = 0; i < target; i++) {
                attributes.add(new Attribute(columns.get(i)));
            }
            double most = rows.stream().mapToDouble(row -> row[target]).max().orElse(0);
            List<String> names = new ArrayList<>();
            for (int k = 0; classes && k <= most; k++) {
                names.add(Integer.toString(k));
            }
            attributes.add(classes ? new Attribute(columns.get(target), names) : new Attribute(columns.get(target)));
            InstancesHeader header = new InstancesHeader(new Instances("stream", attributes, 0));
            header.setClassIndex(target);
            return header;
        }
    }

    /** Runs the forests over every stream that is there. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("name the folder of the drift streams");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        List<String> streams = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : STREAMS;
        for (String stream : streams) {
            Path file = folder.resolve(stream + ".csv");
            if (!Files.exists(file)) {
                System.err.println("skipped " + stream + ": file '" + file + "' does not exist");
                continue;
            }
            Table table = Table.read(file);
            if (OF_CLASSES.contains(stream)) {
                run(stream, table, true, new AdaptiveRandomForest());
            } else {
                run(stream, table, false, new AdaptiveRandomForestRegressor());
                run(stream, table, false, new SelfOptimisingKNearestLeaves());
            }
        }
    }

    private static void run(String stream, Table table, boolean classes, Classifier learner) {
        InstancesHeader header = table.header(classes);
        learner.setModelContext(header);
        learner.prepareForUse();
        int target = header.classIndex();
        int half = table.rows().size() / 2;
        double loss = 0;
        double later = 0;
        long start = System.nanoTime();
        for (int t = 0; t < table.rows().size(); t++) {
            Instance instance = new DenseInstance(1, table.rows().get(t));
            instance.setDataset(header);
            double[] votes = learner.getVotesForInstance(instance);
            double truth = table.rows().get(t)[target];
            double error = classes
                    ? (votes.length > 0 && Utils.maxIndex(votes) == (int) truth ? 0 : 1)
                    : Math.pow((votes.length > 0 && Double.isFinite(votes[0]) ? votes[0] : 0) - truth, 2);
            loss += error;
            later += t >= half ? error : 0;
            learner.trainOnInstance(instance);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int n = table.rows().size();
        System.out.printf(
                Locale.ROOT,
                "{\"stream\":\"%s\",\"learner\":\"%s\",\"n\":%d,\"%s\":%.4f,\"lastHalf\":%.4f,\"eventsPerSecond\":%.0f}%n",
                stream,
                learner.getClass().getSimpleName(),
                n,
                classes ? "accuracy" : "rmse",
                figure(classes, loss / n),
                figure(classes, later / (n - half)),
                n / seconds);
    }

    private static double figure(boolean classes, double loss) {
        return classes ? 1 - loss : Math.sqrt(loss);
    }
}
