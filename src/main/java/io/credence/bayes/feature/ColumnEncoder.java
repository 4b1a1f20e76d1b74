package io.credence.bayes.feature;

import io.credence.bayes.feature.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Encodes one feature's value into its columns. */
sealed interface ColumnEncoder {
    List<String> columns();

    /** Writes the columns from {@code x[at]} on (zero before), or says what is wrong with the value. */
    @Nullable
    Rejection encode(Object value, double[] x, int at);

    static ColumnEncoder of(FeatureSpec spec, UnseenCategory unseen) {
        String field = spec.field();
        List<String> args = spec.arguments();
        return switch (spec.kind()) {
            case NUMERIC, PAST -> new Numeric(field, List.of(field));
            case BOOLEAN -> new Flag(field, List.of(field));
            case ONEHOT -> OneHot.of(field, args, unseen);
            case HASH -> Hashed.of(field, (int) Double.parseDouble(args.get(0)));
            case CYCLIC ->
                Cyclic.of(
                        field,
                        Double.parseDouble(args.get(0)),
                        args.size() > 1 ? (int) Double.parseDouble(args.get(1)) : 1);
            case TIME -> Time.of(field, TimePart.parts(args), TimePart.zone(args));
        };
    }

    /** The value as a double; NaN if it is no number. */
    static double number(Object value) {
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        if (value instanceof Instant t) {
            return t.toEpochMilli();
        }
        try {
            return value instanceof CharSequence s
                    ? Double.parseDouble(s.toString().trim())
                    : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Rejection bad(String field, Object value, String expected) {
        return new Rejection(
                Reason.BAD_FEATURE, "feature '" + field + "' is " + Values.show(value) + ", expected " + expected);
    }

    private static @Nullable Rejection checkFinite(String field, Object value, double number) {
        if (Math.abs((float) number) <= Float.MAX_VALUE) {
            return null;
        }
        return Double.isNaN(number) && !(value instanceof Number)
                ? bad(field, value, "a number")
                : new Rejection(
                        Reason.NON_FINITE_FEATURE,
                        "feature '" + field + "' is " + Values.show(value) + ", not a finite float");
    }

    /** A plain number. */
    record Numeric(String field, List<String> columns) implements ColumnEncoder {
        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            double number = number(value);
            x[at] = number;
            return checkFinite(field, value, number);
        }
    }

    /** True or false. */
    record Flag(String field, List<String> columns) implements ColumnEncoder {
        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            String text = value.toString().trim();
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                x[at] = text.equalsIgnoreCase("true") ? 1 : 0;
                return null;
            }
            double number = number(value);
            if (number == 0 || number == 1) {
                x[at] = number;
                return null;
            }
            return bad(field, value, "true, false, 1 or 0");
        }
    }

    /** One column a category. */
    record OneHot(String field, List<String> columns, Map<String, Integer> index, UnseenCategory unseen)
            implements ColumnEncoder {
        static OneHot of(String field, List<String> categories, UnseenCategory unseen) {
            Map<String, Integer> index = new HashMap<>();
            categories.forEach(c -> index.put(c, index.size()));
            return new OneHot(
                    field, categories.stream().map(c -> field + "=" + c).toList(), Map.copyOf(index), unseen);
        }

        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            Integer i = index.get(Values.category(value));
            if (i != null) {
                x[at + i] = 1;
                return null;
            }
            return unseen == UnseenCategory.ZERO
                    ? null
                    : new Rejection(
                            Reason.UNSEEN_CATEGORY,
                            "feature '" + field + "' is " + Values.show(value) + ", known are " + index.keySet());
        }
    }

    /** The hashing trick (Weinberger et al. 2009) with FNV-1a over UTF-8, unsigned. */
    record Hashed(String field, List<String> columns) implements ColumnEncoder {
        static Hashed of(String field, int buckets) {
            return new Hashed(
                    field,
                    IntStream.range(0, buckets).mapToObj(i -> field + "#" + i).toList());
        }

        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            int hash = 0x811c9dc5;
            for (byte b : Values.category(value).getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xff)) * 0x01000193;
            }
            x[at + Integer.remainderUnsigned(hash, columns.size())] = 1;
            return null;
        }
    }

    /** Sine and cosine of the phase, for each harmonic; rounded to float, which takes half the bytes where it is stored. */
    record Cyclic(String field, double period, List<String> columns) implements ColumnEncoder {
        static Cyclic of(String field, double period, int harmonics) {
            return new Cyclic(field, period, waves(field, harmonics));
        }

        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            double number = number(value);
            Rejection fault = checkFinite(field, value, number);
            if (fault == null) {
                write(number / period, columns.size() / 2, x, at);
            }
            return fault;
        }

        static List<String> waves(String name, int harmonics) {
            return IntStream.range(0, 2 * harmonics)
                    .mapToObj(i -> name + (i % 2 == 0 ? ":sin" : ":cos") + (i / 2 + 1))
                    .toList();
        }

        static void write(double phase, int harmonics, double[] x, int at) {
            double turn = 2 * Math.PI * (phase - Math.floor(phase));
            for (int h = 0; h < harmonics; h++) {
                x[at + 2 * h] = (float) Math.sin((h + 1) * turn);
                x[at + 2 * h + 1] = (float) Math.cos((h + 1) * turn);
            }
        }
    }

    /** Cyclic parts of a timestamp: an {@link Instant}, epoch milliseconds, or ISO-8601 text. */
    record Time(String field, List<TimePart> parts, ZoneId zone, List<String> columns) implements ColumnEncoder {
        static Time of(String field, List<TimePart> parts, ZoneId zone) {
            return new Time(
                    field,
                    parts,
                    zone,
                    parts.stream()
                            .flatMap(p -> Cyclic.waves(field + "." + p.label(), 1).stream())
                            .toList());
        }

        @Override
        public @Nullable Rejection encode(Object value, double[] x, int at) {
            Instant instant = Values.instant(value);
            if (instant == null) {
                return bad(field, value, "a timestamp: a logical timestamp, epoch milliseconds or ISO-8601 text");
            }
            for (int i = 0; i < parts.size(); i++) {
                Cyclic.write(parts.get(i).phase(instant, zone), 1, x, at + 2 * i);
            }
            return null;
        }
    }
}
