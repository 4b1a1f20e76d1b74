package io.credence.bayes.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The functions of the past computed from the whole history for each event anew: what {@link SeriesMemory} has to equal. */
final class PastByHand {
    /** An event that arrived; the label NaN until it does. */
    static final class Event {
        final long time;
        final double value;
        double label = Double.NaN;

        Event(long time, double value) {
            this.time = time;
            this.value = value;
        }
    }

    private final List<Event> history = new ArrayList<>();

    void arrive(Event event) {
        history.add(event);
    }

    /** Earlier events, the newest first, of those that arrived: by time, ties by arrival. */
    private List<Event> earlier(long time) {
        return IntStream.range(0, history.size())
                .boxed()
                .filter(i -> history.get(i).time <= time)
                .sorted(Comparator.<Integer>comparingLong(i -> history.get(i).time)
                        .thenComparing(i -> i)
                        .reversed())
                .map(history::get)
                .toList();
    }

    double lagOfLabel(long time, int step) {
        List<Event> earlier = earlier(time);
        return earlier.size() < step ? Double.NaN : earlier.get(step - 1).label;
    }

    double lagOfArrivedLabel(long time, int step) {
        List<Event> known =
                earlier(time).stream().filter(e -> !Double.isNaN(e.label)).toList();
        return known.size() < step ? Double.NaN : known.get(step - 1).label;
    }

    double meanOfLabels(long time, int events) {
        return mean(earlier(time).stream()
                .mapToDouble(e -> e.label)
                .filter(y -> !Double.isNaN(y))
                .limit(events)
                .toArray());
    }

    double deviationOfLabels(long time, long millis) {
        double[] labels = earlier(time).stream()
                .filter(e -> e.time > time - millis)
                .mapToDouble(e -> e.label)
                .filter(y -> !Double.isNaN(y))
                .toArray();
        double mean = mean(labels);
        return Math.sqrt(mean(IntStream.range(0, labels.length)
                .mapToDouble(i -> (labels[i] - mean) * (labels[i] - mean))
                .toArray()));
    }

    double meanOfValues(long time, double own, long millis) {
        return mean(values(time, own, millis));
    }

    double leastOfValues(long time, double own, long millis) {
        return least(values(time, own, millis));
    }

    double mostOfValues(long time, double own, long millis) {
        double[] values = values(time, own, millis);
        return -least(
                IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray());
    }

    private double[] values(long time, double own, long millis) {
        List<Double> values = new ArrayList<>(List.of(own));
        earlier(time).stream().filter(e -> e.time > time - millis).forEach(e -> values.add(e.value));
        return values.stream().mapToDouble(x -> x).filter(x -> !Double.isNaN(x)).toArray();
    }

    double weightedLabels(long time, double halfLife) {
        double weight = 0;
        double sum = 0;
        double age = 0;
        for (Event event : earlier(time)) {
            if (!Double.isNaN(event.label) && age < 10 * halfLife) {
                double w = Math.exp(-Math.log(2) * age++ / halfLife);
                weight += w;
                sum += w * event.label;
            }
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }

    double change(long time, double own) {
        OptionalDouble before = earlier(time).stream()
                .mapToDouble(e -> e.value)
                .filter(x -> !Double.isNaN(x))
                .findFirst();
        return before.isEmpty() ? Double.NaN : own - before.getAsDouble();
    }

    double secondsSinceLabel(long time) {
        return earlier(time).stream()
                .filter(e -> !Double.isNaN(e.label))
                .mapToDouble(e -> (time - e.time) / 1000.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    double count(long time, long millis) {
        return 1 + earlier(time).stream().filter(e -> e.time > time - millis).count();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double least(double[] values) {
        double least = Double.NaN;
        for (double value : values) {
            least = value >= least ? least : value;
        }
        return least;
    }
}
