package io.credence.tool.evaluate;

import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureSpec.Kind;
import io.credence.tool.csv.CsvTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a label, and of times perhaps, that has nothing else to predict the label from than its own past.
 *
 * @param time column of the event time, or null
 * @param features lags and rolling means of the label, and the parts of the calendar that the rows tell apart
 */
record BareSeries(@Nullable String time, List<FeatureSpec> features) {
    /** A lag is used if the rows hold this many of it, so that its effect can be learned. */
    private static final int PERIODS = 4;
    /** The longest lag: a week of steps of five minutes. */
    private static final int LONGEST = 2016;

    private static final double ORDERED = 0.95;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long WEEK = 7 * DAY;
    private static final long YEAR = Duration.ofDays(365).toMillis();

    /**
     * Looks whether a table is one.
     *
     * @param label column to be predicted
     * @param time column that was said to be the time, or null
     * @return null if there are other columns to predict from
     */
    static @Nullable BareSeries of(CsvTable table, int label, @Nullable Integer time) {
        int[] others = IntStream.range(0, table.columns().size())
                .filter(column -> column != label && (time == null || column != time))
                .filter(column -> ColumnProfile.of(table, column).present() > 0)
                .toArray();
        if (others.length > 1 || others.length == 1 && time != null) {
            return null;
        }
        Integer column = others.length == 1 ? (Integer) others[0] : time;
        if (column == null) {
            return new BareSeries(null, features(table.size(), 0, null, false));
        }
        ColumnProfile profile = ColumnProfile.of(table, column);
        long[] times = times(table, column, profile);
        boolean ordered = ordered(times);
        if (time == null && !(profile.temporal() || ordered && profile.numbers() == table.size() && profile.epoch())) {
            return null;
        }
        boolean gaps = times.length < table.size();
        List<FeatureSpec> features = features(table.size(), ordered ? step(times) : 0, profile.name(), gaps);
        return new BareSeries(time != null || ordered && !gaps ? profile.name() : null, features);
    }

    /** What was decided, in a sentence. */
    String note() {
        return "the table is a bare series: the label is predicted from its own past"
                + (time == null ? "" : " and the time in '" + time + "'");
    }

    private static long[] times(CsvTable table, int column, ColumnProfile profile) {
        return IntStream.range(0, table.size())
                .filter(row -> table.fault(row) == null)
                .mapToObj(row -> table.text(row, column))
                .map(text -> text == null ? null : millis(table, text, profile))
                .filter(millis -> millis != null)
                .mapToLong(millis -> millis == null ? 0 : millis)
                .toArray();
    }

    private static @Nullable Long millis(CsvTable table, String text, ColumnProfile profile) {
        Double number = table.number(text);
        return number == null ? EventTimes.millis(text) : profile.unit().millis(number);
    }

    private static boolean ordered(long[] times) {
        long forward = IntStream.range(1, times.length)
                .filter(i -> times[i] >= times[i - 1])
                .count();
        return times.length > 1 && forward >= ORDERED * (times.length - 1);
    }

    /** The median time between rows. */
    private static long step(long[] times) {
        long[] steps = IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .filter(step -> step > 0)
                .sorted()
                .toArray();
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    private static List<FeatureSpec> features(int rows, long step, @Nullable String time, boolean gaps) {
        SortedSet<Integer> seasons = seasons(step);
        seasons.removeIf(season -> season < 2 || season > LONGEST || (long) season * PERIODS > rows);
        SortedSet<Integer> lags = new TreeSet<>();
        seasons.forEach(season -> lags.addAll(List.of(season, season + 1)));
        SortedSet<Integer> lengths = new TreeSet<>(List.of(4, 16));
        lengths.addAll(seasons);
        String list = "lag(label,1,2,3,arrived)"
                + (lags.isEmpty() ? "" : ",lag(label," + joined(lags) + ")")
                + ",mean(label," + joined(lengths) + ")";
        List<FeatureSpec> features = new ArrayList<>(FeatureSpec.parseList(list));
        List<String> parts = parts(step, step * rows);
        if (time != null && !parts.isEmpty()) {
            features.add(new FeatureSpec(time, Kind.TIME, parts, gaps));
        }
        return features;
    }

    /** How many steps a day, a week and a year have, where they have a whole number; of a year's quarters or months too. */
    private static SortedSet<Integer> seasons(long step) {
        SortedSet<Integer> seasons = new TreeSet<>();
        for (long period : step > 0 ? new long[] {DAY, WEEK} : new long[0]) {
            if (period % step == 0) {
                seasons.add((int) Math.min(Integer.MAX_VALUE, period / step));
            }
        }
        if (step >= 28 * DAY && step < YEAR) {
            seasons.add((int) Math.round((double) YEAR / step));
        }
        return seasons;
    }

    /** The cycles of which rows tell parts apart, and of which there are two at least. */
    private static List<String> parts(long step, long span) {
        List<String> parts = new ArrayList<>();
        if (step > 0 && step < DAY && span >= 2 * DAY) {
            parts.add("hour");
        }
        if (step > 0 && step < WEEK && span >= 2 * WEEK) {
            parts.add("weekday");
        }
        if (step > 0 && step < YEAR / 2 && span >= 2 * YEAR) {
            parts.add("month");
        }
        return parts;
    }

    private static String joined(SortedSet<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
