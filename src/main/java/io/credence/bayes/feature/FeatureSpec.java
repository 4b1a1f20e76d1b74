package io.credence.bayes.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One feature as configured: a field and how it becomes columns.
 *
 * <p>Written {@code field[?][:kind[(argument,…)]]}: {@code temp}, {@code wind?:numeric}, {@code holiday:boolean},
 * {@code weather:onehot(clear,mist,rain)}, {@code user.city:hash(16)}, {@code hour:cyclic(24)},
 * {@code hour:cyclic(24,3)}, {@code at:time(hour,weekday)}. A field with a comma, colon, question mark or parenthesis stands
 * in double quotes: {@code "wind (m/s)"?}. A question mark makes the feature nullable: a missing value
 * is imputed by the running mean and told by one indicator column.
 *
 * <p>A function of what came before in the event's series is a feature too, always nullable and named as it is written:
 * {@code lag(label,1)}, {@code mean(temp,24h)}. In a list {@code lag(label,1,24)} stands for two features.
 *
 * @param field dotted path of the field
 * @param kind how its value is encoded
 * @param arguments the kind's arguments as written
 * @param nullable whether the value may be missing
 */
public record FeatureSpec(String field, Kind kind, List<String> arguments, boolean nullable) {
    /** The ways to encode a value. */
    public enum Kind {
        /** A number: one column, standardised online by the running mean and deviation (Welford 1962). */
        NUMERIC,
        /** True or false, 1 or 0: one column of 1 or 0. */
        BOOLEAN,
        /** One column for each listed category. */
        ONEHOT,
        /** A category hashed to one of k columns, 1 to 65536 (the hashing trick, Weinberger et al. 2009). */
        HASH,
        /** Sine and cosine of a number in a period, two columns for each harmonic. */
        CYCLIC,
        /**
         * Cyclic parts of a timestamp, two columns each: minute, hour, weekday, day, month; in UTC, or a time zone that stands
         * among them.
         */
        TIME,
        /** A number that the past of the series tells; the field is the function as written. Standardised as a number is. */
        PAST;

        /** Whether the feature is one number, standardised online. */
        public boolean number() {
            return this == NUMERIC || this == PAST;
        }

        /** Whether an event sets one column of the feature, that of its category. */
        public boolean category() {
            return this == ONEHOT || this == HASH;
        }
    }

    private static final int HARMONICS = 100;
    static final String BARE = "[^\\s,():?\"](?:[^,():?\"\\p{Cntrl}]*[^\\s,():?\"])?";
    static final String QUOTED = "\"(?:[^\"]|\"\")+\"";
    private static final Pattern FORM = Pattern.compile(
            "\\s*(" + BARE + "|" + QUOTED + ")\\s*(\\?)?\\s*(?::\\s*(\\p{L}+)\\s*(?:\\(([^)]*)\\))?)?\\s*");
    private static final Pattern BARE_FIELD = Pattern.compile(BARE);

    /**
     * A checked feature.
     *
     * @throws IllegalArgumentException if the arguments are none that the kind takes; the message names the feature and
     *     what is allowed
     */
    public FeatureSpec {
        arguments = List.copyOf(arguments);
        check(field, kind, arguments);
        if (kind == Kind.PAST && !(nullable && PastFunction.one(field).text().equals(field))) {
            throw new IllegalArgumentException(
                    "feature '" + field + "' is a function of the past, which is nullable and named as it is written");
        }
    }

    /** A plain numeric feature. */
    public static FeatureSpec numeric(String field) {
        return new FeatureSpec(field, Kind.NUMERIC, List.of(), false);
    }

    /**
     * Parses the written form.
     *
     * @throws IllegalArgumentException if the text is not of the form above; the message names the feature
     */
    public static FeatureSpec parse(String text) {
        Matcher call = PastFunction.call(text);
        if (call.matches()) {
            List<FeatureSpec> several = past(call);
            if (several.size() > 1) {
                throw new IllegalArgumentException("feature '" + text.trim() + "' stands for " + several.size()
                        + " features: give it in a list, or one step alone");
            }
            return several.get(0);
        }
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "feature '" + text + "' is not of the form field[?][:kind[(arguments)]]");
        }
        String kindName = m.group(3) == null ? "numeric" : m.group(3);
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one != Kind.PAST && one.name().equalsIgnoreCase(kindName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("feature '" + text + "': unknown kind '" + kindName
                        + "', allowed are numeric, boolean, onehot(a,b,…), hash(k), cyclic(period[,harmonics]),"
                        + " time(part,…)"));
        String args = m.group(4);
        List<String> arguments = args == null || args.isBlank()
                ? List.of()
                : Arrays.stream(args.split(",", -1)).map(String::trim).toList();
        return new FeatureSpec(unquoted(m.group(1)), kind, arguments, m.group(2) != null);
    }

    private static List<FeatureSpec> past(Matcher call) {
        return PastFunction.read(call).stream()
                .map(function -> new FeatureSpec(function.text(), Kind.PAST, List.of(), true))
                .toList();
    }

    static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    static String quoted(String field) {
        return BARE_FIELD.matcher(field).matches() ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /**
     * Parses a comma-separated list; commas inside parentheses belong to the feature.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static List<FeatureSpec> parseList(String text) {
        List<FeatureSpec> specs = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        boolean inside = false;
        Matcher call = PastFunction.call(text);
        for (int i = 0; i <= text.length(); i++) {
            if (i == from && call.region(from, text.length()).lookingAt() && ends(text, call.end())) {
                specs.addAll(past(call));
                from = call.end() + 1;
                i = call.end();
                continue;
            }
            char c = i == text.length() ? ',' : text.charAt(i);
            quoted ^= c == '"' && !inside;
            inside = !quoted && (c == '(' || inside && c != ')');
            if (i == text.length() || c == ',' && !quoted && !inside) {
                String part = text.substring(from, i);
                from = i + 1;
                if (!part.isBlank()) {
                    specs.add(parse(part));
                }
            }
        }
        return List.copyOf(specs);
    }

    private static boolean ends(String text, int at) {
        return at == text.length() || text.charAt(at) == ',';
    }

    /** The written form, canonical. */
    @Override
    public String toString() {
        if (kind == Kind.PAST) {
            return field;
        }
        String head = quoted(field) + (nullable ? "?" : "") + ":" + kind.name().toLowerCase(Locale.ROOT);
        return arguments.isEmpty() ? head : head + "(" + String.join(",", arguments) + ")";
    }

    private static void check(String field, Kind kind, List<String> arguments) {
        int n = arguments.size();
        boolean good =
                switch (kind) {
                    case NUMERIC, BOOLEAN, PAST -> n == 0;
                    case ONEHOT -> n >= 1 && arguments.stream().distinct().count() == n;
                    case HASH -> n == 1 && whole(arguments.get(0)) <= 65_536;
                    case CYCLIC ->
                        (n == 1 || n == 2 && whole(arguments.get(1)) <= HARMONICS) && positive(arguments.get(0)) > 0;
                    case TIME ->
                        n >= 1
                                && TimePart.zones(arguments) <= 1
                                && TimePart.zones(arguments) < n
                                && arguments.stream().distinct().count() == n
                                && TimePart.readable(arguments);
                };
        if (!good) {
            throw new IllegalArgumentException("feature '" + field + "': "
                    + switch (kind) {
                        case NUMERIC, BOOLEAN, PAST -> kind.name().toLowerCase(Locale.ROOT) + " takes no argument";
                        case ONEHOT -> "onehot needs its distinct categories, as in onehot(a,b,c)";
                        case HASH -> "hash needs a number of buckets from 1 to 65536, as in hash(16)";
                        case CYCLIC ->
                            "cyclic needs a positive period and may have a number of harmonics from 1 to " + HARMONICS
                                    + ", as in cyclic(24) or cyclic(24,3)";
                        case TIME ->
                            "time needs distinct parts out of " + TimePart.names() + " and may name a time zone, as in"
                                    + " time(hour,weekday) or time(hour,Europe/Berlin)";
                    });
        }
    }

    private static double whole(String text) {
        double value = positive(text);
        return value == Math.rint(value) ? value : Double.NaN;
    }

    private static double positive(String text) {
        try {
            double value = Double.parseDouble(text);
            return value > 0 && Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
