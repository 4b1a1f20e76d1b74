package io.credence.bayes.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One number that the past of a series tells, as configured: {@code lag(label,24)}, {@code mean("wind (m/s)",24h)}.
 *
 * @param name what it tells
 * @param field the field it is told of; null for the label, and where no field matters
 * @param events the step of a lag, or the length of a window or half-life in events; 0 where that is a time
 * @param millis the length of a window or half-life as a time; 0 where that is a number of events
 * @param arrived whether a lag only counts events whose value is there
 * @param text the written form, canonical, which names the column
 */
record PastFunction(Name name, @Nullable String field, int events, long millis, boolean arrived, String text) {
    /** What there is; written in lower case. */
    enum Name {
        LAG,
        MEAN,
        STD,
        MIN,
        MAX,
        EWMA,
        DELTA,
        COUNT,
        SINCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The word that means the label, whatever its field is called; a field of that name stands in quotes. */
    static final String LABEL = "label";
    /** The longest lag, window or half-life in events. */
    static final int MOST_EVENTS = 10_000;

    private static final String ARRIVED = "arrived";
    /** The longest window or half-life as a time. */
    static final int LONGEST_DAYS = 36_600;

    static final long LONGEST = TimeUnit.DAYS.toMillis(LONGEST_DAYS);
    /** A number, and the unit if it is one of time. */
    static final Pattern LENGTH = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h|d|w)?");

    private static final Pattern CALL = Pattern.compile(
            "\\s*("
                    + Arrays.stream(Name.values()).map(Name::toString).collect(Collectors.joining("|"))
                    + ")\\s*\\(\\s*(" + FeatureSpec.BARE + "|" + FeatureSpec.QUOTED
                    + ")\\s*((?:,[^,()\"]*)*)\\)\\s*\\??\\s*",
            Pattern.CASE_INSENSITIVE);

    /** Looks for a function at the beginning of the matcher's region; the match ends behind it and the blanks that follow. */
    static Matcher call(String text) {
        return CALL.matcher(text);
    }

    /**
     * Reads a function that was found; it stands for one number for each step or length.
     *
     * @throws IllegalArgumentException if it cannot have these arguments; the message names it and what it takes
     */
    static List<PastFunction> read(Matcher m) {
        Name name = Name.valueOf(m.group(1).toUpperCase(Locale.ROOT));
        List<String> arguments = Arrays.stream(m.group(3).split(",", -1))
                .skip(1)
                .map(argument -> argument.trim().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(ArrayList::new));
        String first = m.group(2);
        if (name == Name.COUNT) {
            arguments.add(0, first.toLowerCase(Locale.ROOT));
        }
        boolean arrived = name == Name.LAG && arguments.remove(ARRIVED);
        if (name == Name.DELTA || name == Name.SINCE) {
            return arguments.isEmpty() ? List.of(of(name, first, "", false)) : refuse(m.group());
        }
        List<PastFunction> functions = arguments.stream()
                .map(argument -> of(name, first, argument, arrived))
                .toList();
        boolean good = functions.stream().allMatch(PastFunction::fits);
        return good && !functions.isEmpty() ? functions : refuse(m.group());
    }

    /** Reads the canonical form of one number. */
    static PastFunction one(String text) {
        Matcher m = CALL.matcher(text);
        List<PastFunction> functions = m.matches() ? read(m) : List.of();
        return functions.size() == 1 ? functions.get(0) : refuse(text).get(0);
    }

    private static PastFunction of(Name name, String first, String argument, boolean arrived) {
        Matcher length = LENGTH.matcher(argument);
        boolean known = length.matches();
        long number = known ? Long.parseLong(length.group(1)) : 0;
        boolean time = known && length.group(2) != null;
        String field = name == Name.COUNT || first.equals(LABEL) ? null : FeatureSpec.unquoted(first);
        String shown = name == Name.COUNT ? "" : field == null ? LABEL : quoted(field);
        String parts = shown
                + (shown.isEmpty() || argument.isEmpty() ? "" : ",")
                + argument.replaceAll("\\s", "")
                + (arrived ? "," + ARRIVED : "");
        return new PastFunction(
                name,
                field,
                time ? 0 : (int) number,
                time ? number * unit(length.group(2)) : 0,
                arrived,
                name + "(" + parts + ")");
    }

    private static String quoted(String field) {
        return field.equals(LABEL) ? '"' + field + '"' : FeatureSpec.quoted(field);
    }

    private boolean fits() {
        boolean counted = events >= 1 && events <= MOST_EVENTS;
        boolean timed = millis >= 1 && millis <= LONGEST;
        return switch (name) {
            case LAG -> counted;
            case COUNT -> timed;
            case MEAN, STD, MIN, MAX -> counted || timed;
            case EWMA -> events >= 1 && events <= MOST_EVENTS / Recall.HALF_LIVES || timed;
            case DELTA, SINCE -> true;
        };
    }

    private static List<PastFunction> refuse(String text) {
        throw new IllegalArgumentException("feature '" + text.trim()
                + "' is no function of the past: there are lag(field,step,…[,arrived]), mean, std, min, max and"
                + " ewma(field,length,…), count(time,…), delta(field) and since(field), where field may be " + LABEL
                + ", a step is a number of events from 1 to " + MOST_EVENTS
                + ", and a length such a number or a time, as in 24h: ms, s, min, h, d or w");
    }

    /** Milliseconds of a unit of {@link #LENGTH}. */
    static long unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> TimeUnit.SECONDS.toMillis(1);
            case "min" -> TimeUnit.MINUTES.toMillis(1);
            case "h" -> TimeUnit.HOURS.toMillis(1);
            case "d" -> TimeUnit.DAYS.toMillis(1);
            default -> TimeUnit.DAYS.toMillis(7);
        };
    }
}
