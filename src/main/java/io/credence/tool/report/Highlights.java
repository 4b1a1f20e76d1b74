package io.credence.tool.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.predict.Prediction;
import io.credence.tool.evaluate.Measured;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Of all rows of a pass those that a reader wants to see: the last, the worst, the slowest. One thread. */
public final class Highlights implements Consumer<Measured> {
    private static final int LAST = 500;
    private static final int MOST = 12;
    private static final int BINS = 10;
    private static final int RANKS = 20;

    private final List<String> classes;
    private final LongSupplier clock;
    private final Deque<Measured> last = new ArrayDeque<>();
    private final PriorityQueue<Ranked> worst = new PriorityQueue<>(Comparator.comparingDouble(Ranked::by));
    private final PriorityQueue<Ranked> slowest = new PriorityQueue<>(Comparator.comparingDouble(Ranked::by));
    private final long[] sure = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] said = new double[BINS];
    private final long[] ranks = new long[RANKS];
    private final SplittableRandom jumps = new SplittableRandom(1);
    private long before;

    private record Ranked(double by, Measured row) {}

    Highlights(List<String> classes) {
        this(classes, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    Highlights(List<String> classes, LongSupplier clock) {
        this.classes = List.copyOf(classes);
        this.clock = clock;
        this.before = clock.getAsLong();
    }

    @Override
    public void accept(Measured row) {
        long now = clock.getAsLong();
        rank(slowest, new Ranked((now - before) / 1e6, row));
        before = now;
        double surprise = -row.prediction().logLikelihood(row.event().label());
        rank(worst, new Ranked(Double.isNaN(surprise) ? Double.POSITIVE_INFINITY : surprise, row));
        last.addLast(row);
        if (last.size() > LAST) {
            last.removeFirst();
        }
        double rank = row.prediction().rank(row.event().label(), jumps.nextDouble());
        if (!Double.isNaN(rank)) {
            ranks[Math.min(RANKS - 1, (int) (rank * RANKS))]++;
        }
        double[] shares = row.prediction().probabilities();
        if (shares.length > 0) {
            int likeliest = likeliest(shares);
            int bin = Math.min(BINS - 1, (int) (shares[likeliest] * BINS));
            sure[bin]++;
            said[bin] += shares[likeliest];
            right[bin] += likeliest == (int) row.event().label() ? 1 : 0;
        }
    }

    /** Time of the last event, milliseconds since the epoch; 0 before the first. */
    long latest() {
        Measured row = last.peekLast();
        return row == null ? 0 : row.event().timestamp();
    }

    private static void rank(PriorityQueue<Ranked> queue, Ranked one) {
        queue.add(one);
        if (queue.size() > MOST) {
            queue.remove();
        }
    }

    private static int likeliest(double[] shares) {
        int best = 0;
        for (int k = 1; k < shares.length; k++) {
            best = shares[k] > shares[best] ? k : best;
        }
        return best;
    }

    void put(ObjectNode data) {
        classes.forEach(data.putArray("classes")::add);
        ArrayNode band = data.putArray("band");
        last.forEach(row -> band.add(cells(band.arrayNode(), row)));
        ranked(data.putArray("worst"), worst);
        ranked(data.putArray("slowest"), slowest);
        ArrayNode pit = data.putArray("ranks");
        for (long count : ranks) {
            pit.add(count);
        }
        ArrayNode bins = data.putArray("bins");
        for (int i = 0; i < BINS; i++) {
            if (sure[i] > 0) {
                bins.addArray()
                        .add(said[i] / sure[i])
                        .add((double) right[i] / sure[i])
                        .add(sure[i]);
            }
        }
    }

    private static void ranked(ArrayNode table, PriorityQueue<Ranked> queue) {
        queue.stream().sorted(Comparator.comparingDouble(Ranked::by).reversed()).forEach(one -> {
            ArrayNode cells = table.addArray();
            number(cells, one.by());
            cells(cells, one.row());
        });
    }

    /** Row, time, label, mean, lower, upper, the two deviations, out of range; of classes the probability of the label. */
    private static ArrayNode cells(ArrayNode cells, Measured row) {
        Prediction prediction = row.prediction();
        double label = row.event().label();
        double[] shares = prediction.probabilities();
        cells.add(row.row()).add(row.event().timestamp());
        number(cells, label);
        number(cells, shares.length == 0 ? prediction.mean() : likeliest(shares));
        number(cells, prediction.lower());
        number(cells, prediction.upper());
        number(cells, Math.sqrt(prediction.epistemicVariance()));
        number(cells, Math.sqrt(prediction.aleatoricVariance()));
        cells.add(prediction.flags().outOfRange() ? 1 : 0);
        number(cells, shares.length == 0 ? Double.NaN : shares[(int) label]);
        return cells;
    }

    /** Before the first label intervals are as wide as numbers go, which no chart can show. */
    static void number(ArrayNode cells, double value) {
        if (Math.abs(value) < 1e100) {
            cells.add(value);
        } else {
            cells.addNull();
        }
    }
}
