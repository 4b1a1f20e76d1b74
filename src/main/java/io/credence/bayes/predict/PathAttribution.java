package io.credence.bayes.predict;

import io.credence.bayes.predict.Attribution.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Integrated gradients of a prediction's mean and variance, on the straight path from the average event. */
final class PathAttribution {
    /*
     * The integral of ∂f/∂xⱼ along the path (Sundararajan et al. 2017, eq. 1) by the midpoint rule on K segments, the
     * derivative by a central difference as wide as the segment: f is what is reported, with drift layer, tails and far
     * field, so that nothing has to be differentiated by hand. What the fields' differences in a segment leave of the
     * difference of its ends goes to them in proportion to their sizes: the parts sum exactly.
     *
     * The path is straight in the standardised columns, whose scale is logarithmic far out. Columns of one field move
     * together; beyond MOST fields, those that are least far from the average move as one. Cost: K + 1 + 2Kg predictions
     * for g fields that differ from the average; K falls from 16 as g grows.
     */
    private static final int MOST_SEGMENTS = 16;
    private static final int PREDICTIONS = 1024;
    private static final int MOST = 128;
    private static final int BLOCK = 256;

    /** The field of the part that many features share. */
    static final String OTHERS = "(others)";

    /** Predictions of n events with standardised features {@code x}, n × width, at one time. */
    interface Surface {
        List<Prediction> at(int n, float[] x);
    }

    /** Columns that move together. */
    private record Field(String name, List<Integer> columns) {}

    private final float[] from;
    private final float[] to;
    private final Map<String, List<Integer>> columns = new LinkedHashMap<>();
    private final List<Field> moving;
    private final int segments;

    /**
     * @param from the average event, standardised
     * @param to the event, standardised
     * @param fields the field that each column belongs to
     */
    PathAttribution(float[] from, float[] to, List<String> fields) {
        this.from = from;
        this.to = to;
        for (int i = 0; i < to.length; i++) {
            columns.computeIfAbsent(fields.get(i), name -> new ArrayList<>()).add(i);
        }
        this.moving = moving();
        int room = PREDICTIONS / (2 * Math.max(1, moving.size()));
        this.segments = Math.max(1, Math.min(MOST_SEGMENTS, room));
    }

    private List<Field> moving() {
        List<Field> found = new ArrayList<>();
        columns.forEach((name, own) -> {
            Field field = new Field(name, own);
            if (length(field) > 0) {
                found.add(field);
            }
        });
        if (found.size() <= MOST) {
            return found;
        }
        found.sort(Comparator.comparingDouble(field -> -length(field)));
        List<Field> kept = new ArrayList<>(found.subList(0, MOST));
        kept.add(new Field(
                OTHERS,
                found.subList(MOST, found.size()).stream()
                        .flatMap(field -> field.columns.stream())
                        .toList()));
        return kept;
    }

    private double length(Field field) {
        return field.columns.stream()
                .mapToDouble(i -> Math.abs((double) to[i] - from[i]))
                .max()
                .orElse(0);
    }

    /** The parts of each field. */
    Attribution over(Surface surface) {
        List<Prediction> nodes = nodes(surface);
        List<Prediction> sides = sides(surface);
        Prediction first = nodes.get(0);
        Prediction last = nodes.get(segments);
        ToDoubleFunction<Prediction> mean = mean(last);
        double[] means = parts(nodes, sides, mean);
        double[] variances = parts(nodes, sides, Prediction::variance);
        Map<String, Part> parts = new LinkedHashMap<>();
        columns.keySet().forEach(name -> parts.put(name, new Part(name, 0, 0)));
        for (int j = 0; j < moving.size(); j++) {
            String name = moving.get(j).name;
            parts.put(name, new Part(name, means[j], variances[j]));
        }
        return new Attribution(
                mean.applyAsDouble(last),
                last.variance(),
                mean.applyAsDouble(first),
                first.variance(),
                List.copyOf(parts.values()));
    }

    private static ToDoubleFunction<Prediction> mean(Prediction told) {
        if (told instanceof ClassPrediction classified && classified.probabilities().length > 2) {
            int likeliest = classified.likeliest();
            return prediction -> prediction.probabilities()[likeliest];
        }
        return Prediction::mean;
    }

    /** The ends of the segments. */
    private List<Prediction> nodes(Surface surface) {
        float[] x = new float[(segments + 1) * to.length];
        for (int k = 0; k <= segments; k++) {
            point((double) k / segments, x, k * to.length);
        }
        return surface.at(segments + 1, x);
    }

    /** Of each segment and field, half a segment of that field before its middle and behind. */
    private List<Prediction> sides(Surface surface) {
        int rows = 2 * segments * moving.size();
        List<Prediction> told = new ArrayList<>(rows);
        for (int done = 0; done < rows; done += BLOCK) {
            int n = Math.min(BLOCK, rows - done);
            float[] x = new float[n * to.length];
            for (int i = 0; i < n; i++) {
                side(done + i, x, i * to.length);
            }
            told.addAll(surface.at(n, x));
        }
        return told;
    }

    private void side(int row, float[] x, int at) {
        int segment = row / (2 * moving.size());
        Field field = moving.get(row / 2 % moving.size());
        point((segment + 0.5) / segments, x, at);
        for (int column : field.columns) {
            x[at + column] = between(column, (double) (segment + row % 2) / segments);
        }
    }

    private void point(double t, float[] x, int at) {
        for (int i = 0; i < to.length; i++) {
            x[at + i] = between(i, t);
        }
    }

    /** At the ends exactly the ends. */
    private float between(int column, double t) {
        return t == 1 ? to[column] : (float) (from[column] + t * (to[column] - from[column]));
    }

    private double[] parts(List<Prediction> nodes, List<Prediction> sides, ToDoubleFunction<Prediction> f) {
        int fields = moving.size();
        double[] parts = new double[fields];
        for (int k = 0; k < segments; k++) {
            int first = 2 * k * fields;
            double[] step = IntStream.range(0, fields)
                    .mapToDouble(j ->
                            f.applyAsDouble(sides.get(first + 2 * j + 1)) - f.applyAsDouble(sides.get(first + 2 * j)))
                    .toArray();
            double whole = f.applyAsDouble(nodes.get(k + 1)) - f.applyAsDouble(nodes.get(k));
            double left = whole - Arrays.stream(step).sum();
            double size = Arrays.stream(step).map(Math::abs).sum();
            for (int j = 0; j < fields; j++) {
                parts[j] += step[j] + left * (size > 0 ? Math.abs(step[j]) / size : 1.0 / fields);
            }
        }
        return parts;
    }
}
