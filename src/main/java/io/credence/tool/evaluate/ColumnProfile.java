package io.credence.tool.evaluate;

import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureSpec.Kind;
import io.credence.tool.csv.CsvTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the cells of a column look like. */
public final class ColumnProfile {
    /** What the values of a column are, and nothing else. */
    public enum Content {
        NOTHING,
        WHOLE,
        REAL,
        FLAG,
        TIME,
        TEXT
    }

    private static final Pattern PLAIN_WHOLE = Pattern.compile("[+-]?\\d{1,15}");

    /** Text columns with more distinct values are hashed. */
    static final int MOST_ONEHOT = 32;
    /** Categories are counted up to here. */
    static final int MOST_CATEGORIES = 1000;
    /** A column with fewer distinct numbers has no others to be far from. */
    private static final int FEWEST_NUMBERS = 10;
    /** Share of the cells of a numeric column that may be no number: they count as missing. */
    private static final double STRAY = 0.05;
    /** Share of the cells that must spell a time for a column to hold times. */
    private static final double TIMES = 0.95;
    /** Seconds since 1970 of a time in 1973: smaller numbers are hardly times. */
    private static final double EARLIEST_TIME = 1e8;
    /** What stands for no value where numbers are expected, and may be a category elsewhere. */
    private static final Set<String> NO_NUMBER =
            Set.of("-", "--", "---", ".", "..", "none", "nil", "missing", "n.a.", "#div/0!", "#value!", "#ref!");

    private final CsvTable table;
    private final String name;
    private final Map<String, Integer> strays = new HashMap<>();
    private final Set<String> categories = new HashSet<>();
    private int present;
    private int missing;
    private int none;
    private int numbers;
    private int flags;
    private int whole;
    private int plain;
    private int times;
    private boolean timesOfDay;
    private final Extremes extremes = new Extremes();

    private ColumnProfile(CsvTable table, int column) {
        this.table = table;
        this.name = table.columns().get(column);
        for (int row = 0; row < table.size(); row++) {
            if (table.fault(row) == null) {
                add(table.text(row, column));
            }
        }
    }

    /** Looks at every cell of a column, rows of another shape left out. */
    public static ColumnProfile of(CsvTable table, int column) {
        return new ColumnProfile(table, column);
    }

    private void add(@Nullable String text) {
        if (text == null) {
            missing++;
            return;
        }
        present++;
        if (categories.size() <= MOST_CATEGORIES) {
            categories.add(table.category(text));
        }
        Double number = table.number(text);
        if (number != null) {
            numbers++;
            plain += PLAIN_WHOLE.matcher(text).matches() ? 1 : 0;
            whole += number >= 0 && number == Math.rint(number) ? 1 : 0;
            extremes.add(number);
            return;
        }
        none += absent(text) ? 1 : 0;
        flags += text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? 1 : 0;
        if (!absent(text) && (strays.size() < MOST_CATEGORIES || strays.containsKey(text))) {
            strays.merge(text, 1, Integer::sum);
        }
        Long millis = EventTimes.millis(text);
        if (millis != null) {
            times++;
            timesOfDay |= millis % 86_400_000 != 0;
        }
    }

    /** Whether a text stands for no value where a number is expected. */
    public static boolean absent(String text) {
        return NO_NUMBER.contains(text.toLowerCase(Locale.ROOT));
    }

    String name() {
        return name;
    }

    /** Cells with a value. */
    int present() {
        return numeric() ? present - none : present;
    }

    /** Cells that spell a number. */
    int numbers() {
        return numbers;
    }

    /** Distinct values in order, numbers by size, then text; at most {@value #MOST_CATEGORIES} + 1. */
    List<String> categories() {
        return categories.stream()
                .sorted(Comparator.comparing(this::rank).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Whether the column holds numbers: most of its cells spell one. */
    boolean numeric() {
        return numbers > 0 && 2 * numbers > present - none;
    }

    /** Whether the column holds times. */
    boolean temporal() {
        return times > 0 && times >= TIMES * present;
    }

    /** Cells of a numeric column that spell no number, and do not stand for a missing one. */
    private int stray() {
        return present - none - numbers;
    }

    /** What the column holds, if all but a few of its cells agree; text otherwise. */
    public Content content() {
        if (present() == 0) {
            return Content.NOTHING;
        }
        if (numeric() && stray() <= STRAY * present()) {
            return plain == numbers ? Content.WHOLE : Content.REAL;
        }
        return !numeric() && flags == present ? Content.FLAG : temporal() ? Content.TIME : Content.TEXT;
    }

    /** Whether some cell has no value. */
    public boolean gaps() {
        return missing > 0 || numeric() && none > 0;
    }

    /**
     * Refuses a numeric column in which too many cells are something else.
     *
     * @throws IllegalArgumentException naming the commonest of them, and what to do
     */
    void refuseStrays() {
        if (numeric() && stray() > STRAY * present()) {
            throw new IllegalArgumentException(
                    "column '" + name + "' of file '" + table.file() + "' is mostly numbers, but "
                            + stray() + " of " + present() + " cells are not: " + commonest(3)
                            + "; say what they mean: --missing TEXT if they are no values, --decimal or --thousands if they are numbers, or a kind such as '"
                            + name + ":hash(32)' in --features if the column is text");
        }
    }

    /** What was decided about the column, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (numeric() && stray() > 0) {
            notes.add("column '" + name + "': " + stray() + " cell(s) that spell no number count as missing: "
                    + commonest(3));
        }
        if (numeric() && categories.size() >= FEWEST_NUMBERS) {
            extremes.fills().forEach(fill -> {
                String text = table.category(Double.toString(fill.value()));
                notes.add("column '" + name + "': " + text + " stands in " + fill.count()
                        + " cells, far from all others: if it means that there is no value, say --missing " + text);
            });
        }
        if (!numeric() && temporal()) {
            notes.add("column '" + name + "' holds times");
        }
        return notes;
    }

    /** Whether the column holds two whole numbers and nothing else, as classes are often written. */
    boolean twoWholeNumbers() {
        return numbers == present
                && categories.size() == 2
                && categories.stream().allMatch(c -> c.indexOf('.') < 0);
    }

    /** Whether the column holds whole numbers from 0 and nothing else. */
    boolean counts() {
        return whole > 0 && whole == present;
    }

    /** What its numbers count, if they are times and no milliseconds. */
    List<String> unitNote() {
        EventTimes.Unit unit = unit();
        return numbers == 0 || unit == EventTimes.Unit.MILLISECONDS
                ? List.of()
                : List.of("column '" + name + "' counts " + unit.name().toLowerCase(Locale.ROOT) + " since 1970");
    }

    private String commonest(int most) {
        return strays.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(e -> "'" + e.getKey() + "' (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Whether its numbers are whole and may be times since 1970. */
    boolean epoch() {
        return numbers > 0 && whole == numbers && extremes.least() >= EARLIEST_TIME;
    }

    /** Milliseconds in a unit of the column's numbers where they count the time since 1970: by their size. */
    public EventTimes.Unit unit() {
        return numbers == 0
                ? EventTimes.Unit.MILLISECONDS
                : EventTimes.Unit.of(Math.max(Math.abs(extremes.least()), Math.abs(extremes.most())));
    }

    /** How the column becomes features when the user does not say. */
    FeatureSpec feature() {
        boolean nullable = missing > 0 || numeric() && present > numbers || !numeric() && temporal() && times < present;
        if (numeric()) {
            return new FeatureSpec(name, Kind.NUMERIC, List.of(), nullable);
        }
        if (flags == present) {
            return new FeatureSpec(name, Kind.BOOLEAN, List.of(), nullable);
        }
        if (temporal()) {
            List<String> parts = timesOfDay ? List.of("hour", "weekday", "month") : List.of("weekday", "month");
            return new FeatureSpec(name, Kind.TIME, parts, nullable);
        }
        return categories.size() <= MOST_ONEHOT
                ? new FeatureSpec(name, Kind.ONEHOT, categories(), nullable)
                : new FeatureSpec(name, Kind.HASH, List.of(Integer.toString(MOST_ONEHOT)), nullable);
    }

    /** The value of a cell as an encoder takes it, of a column that is used as that kind of feature. */
    @Nullable
    Object value(@Nullable String text, FeatureSpec spec) {
        Object value = table.value(text);
        if (text == null || value == null) {
            return null;
        }
        if (spec.kind() == Kind.TIME) {
            Long millis = value instanceof Double number ? unit().millis(number) : EventTimes.millis(text);
            return millis == null ? spec.nullable() ? null : text : java.time.Instant.ofEpochMilli(millis);
        }
        boolean stray = spec.kind() == Kind.NUMERIC && numeric() && !(value instanceof Double);
        return stray && (spec.nullable() || absent(text)) ? null : value;
    }

    private double rank(String category) {
        Double number = table.number(category);
        return number == null ? Double.POSITIVE_INFINITY : number;
    }
}
