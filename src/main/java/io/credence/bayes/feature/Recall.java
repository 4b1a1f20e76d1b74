package io.credence.bayes.feature;

import java.util.List;

/**
 * What one event is told of its past.
 *
 * @param before the events sorted before it, ties by arrival; some of them may have arrived later
 * @param far how many of them, from the earliest on, lie far enough before it for their labels to be told
 * @param number of its arrival
 * @param time of the event, milliseconds
 * @param own its own values of the remembered fields
 * @param fields names of those, in their order
 */
record Recall(List<Remembered> before, int far, long number, long time, double[] own, List<String> fields) {
    /** Events older than this many half-lives are left out of a weighted mean: they weigh less than a thousandth of a new one. */
    static final int HALF_LIVES = 10;

    private static final double SECOND = 1000;

    /** The number that a function tells; NaN where it has none. */
    double tell(PastFunction function) {
        int field = function.field() == null ? -1 : fields.indexOf(function.field());
        double told =
                switch (function.name()) {
                    case LAG -> lag(function, field);
                    case DELTA -> delta(field);
                    case SINCE -> since(field);
                    case COUNT -> count(function.millis());
                    case MEAN, STD, MIN, MAX, EWMA -> window(function, field);
                };
        return Math.abs((float) told) <= Float.MAX_VALUE ? told : Double.NaN;
    }

    private double lag(PastFunction function, int field) {
        int steps = 0;
        for (int i = before.size() - 1; i >= 0; i--) {
            Remembered event = before.get(i);
            double value = value(i, field);
            if (event.number() < number
                    && !(function.arrived() && Double.isNaN(value))
                    && ++steps == function.events()) {
                return value;
            }
        }
        return Double.NaN;
    }

    private double delta(int field) {
        double now = field < 0 ? Double.NaN : own[field];
        if (field >= 0 && Double.isNaN(now)) {
            return Double.NaN;
        }
        for (int i = before.size() - 1; i >= 0; i--) {
            double value = value(i, field);
            if (!Double.isNaN(value) && !Double.isNaN(now)) {
                return now - value;
            }
            now = Double.isNaN(now) ? value : now;
        }
        return Double.NaN;
    }

    private double since(int field) {
        for (int i = before.size() - 1; i >= 0; i--) {
            if (!Double.isNaN(value(i, field))) {
                return (time - before.get(i).time()) / SECOND;
            }
        }
        return Double.NaN;
    }

    private double count(long millis) {
        int count = 1;
        for (int i = before.size() - 1; i >= 0 && inside(before.get(i), millis); i--) {
            count += before.get(i).number() < number ? 1 : 0;
        }
        return count;
    }

    private double window(PastFunction function, int field) {
        boolean weighted = function.name() == PastFunction.Name.EWMA;
        int most = function.events() > 0 ? function.events() * (weighted ? HALF_LIVES : 1) : Integer.MAX_VALUE;
        long millis = function.millis() * (weighted ? HALF_LIVES : 1);
        Moments moments = new Moments();
        if (field >= 0 && !Double.isNaN(own[field])) {
            moments.add(own[field], 1);
        }
        for (int i = before.size() - 1; i >= 0 && moments.count < most; i--) {
            Remembered event = before.get(i);
            if (millis > 0 && !inside(event, millis)) {
                break;
            }
            double value = value(i, field);
            if (!Double.isNaN(value)) {
                double age = millis > 0
                        ? (double) (time - event.time()) / function.millis()
                        : (double) moments.count / function.events();
                moments.add(value, weighted ? Math.pow(2, -age) : 1);
            }
        }
        return moments.tell(function.name());
    }

    /** Whether an event lies within the time that ends with this one, which holds its end and not its beginning. */
    private boolean inside(Remembered event, long millis) {
        return time - event.time() < millis;
    }

    /** The value that an event had when this one arrived; NaN if there was none. */
    private double value(int i, int field) {
        Remembered event = before.get(i);
        if (event.number() >= number) {
            return Double.NaN;
        }
        if (field >= 0) {
            return event.values()[field];
        }
        return i < far && event.knownTo(number) ? event.label() : Double.NaN;
    }

    /** Weighted mean and variance of a window (West 1979), with its extremes. */
    private static final class Moments {
        private int count;
        private double weight;
        private double mean;
        private double squares;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        void add(double value, double w) {
            count++;
            weight += w;
            double off = value - mean;
            mean += off * w / weight;
            squares += w * off * (value - mean);
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        double tell(PastFunction.Name name) {
            if (count == 0) {
                return Double.NaN;
            }
            return switch (name) {
                case STD -> Math.sqrt(squares / weight);
                case MIN -> least;
                case MAX -> most;
                default -> mean;
            };
        }
    }
}
