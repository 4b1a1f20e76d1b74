package io.credence.stream.config;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Horizon;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * What a value may be: a validator whose text serves the error message and the reference alike. An unset value passes.
 *
 * @param what the allowed values in words
 * @param test of a value that is set
 */
record Allowed(String what, Predicate<Object> test) implements Validator {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern APPLICATION = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
    private static final Pattern PREFIX = Pattern.compile("|[a-zA-Z0-9]([a-zA-Z0-9._-]{0,62}[a-zA-Z0-9])?");
    private static final Pattern AVRO_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FIELD = Pattern.compile("[^.\\s][^.]*(\\.[^.]+)*");

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value != null && !test.test(value)) {
            throw new ConfigException(name, value, "must be " + what);
        }
    }

    @Override
    public String toString() {
        return what;
    }

    static Validator topic() {
        return new Allowed(
                "a topic name: letters, digits, '.', '_' and '-', at most 249",
                v -> TOPIC.matcher((String) v).matches() && !List.of(".", "..").contains(v));
    }

    /** Topics, the group and transactional ids are named after it, with more behind it. */
    static Validator application() {
        return new Allowed(
                "letters, digits, '.', '_' and '-', at most 200, as topics are named after it",
                v -> APPLICATION.matcher((String) v).matches());
    }

    static Validator prefix() {
        return new Allowed(
                "empty, or at most 64 letters, digits, '.', '_' and '-' that begin and end with a letter or digit",
                v -> PREFIX.matcher((String) v).matches());
    }

    static Validator field() {
        return new Allowed("a field or a dotted path of fields, as in user.city", v -> FIELD.matcher((String) v)
                .matches());
    }

    static Validator avroName() {
        return new Allowed(
                "a name of letters, digits and underscores that does not begin with a digit",
                v -> AVRO_NAME.matcher((String) v).matches());
    }

    static Validator from(double least, boolean inclusive) {
        return new Allowed(
                "a finite number " + (inclusive ? "from " : "above ") + plain(least),
                v -> Double.isFinite((Double) v) && (inclusive ? (Double) v >= least : (Double) v > least));
    }

    static Validator finite() {
        return new Allowed("a finite number", v -> Double.isFinite((Double) v));
    }

    static Validator port() {
        return new Allowed("0 to 65535", v -> (Integer) v >= 0 && (Integer) v <= 65_535);
    }

    static Validator positive() {
        return new Allowed("a whole number from 1", v -> (Long) v >= 1);
    }

    static Validator within(double low, double high) {
        return new Allowed(
                "a number above " + plain(low) + " and below " + plain(high),
                v -> (Double) v > low && (Double) v < high);
    }

    /** The constants of an enum and the further words, in any case. */
    static Validator oneOf(Class<? extends Enum<?>> names, String... more) {
        List<String> all = Stream.concat(
                        Arrays.stream(more),
                        Arrays.stream(names.getEnumConstants()).map(EnumText::name))
                .toList();
        return new Allowed(
                "one of " + String.join(", ", all), v -> all.contains(((String) v).toLowerCase(Locale.ROOT)));
    }

    static Validator layers() {
        return new Allowed("a list of whole numbers from 1 to 65536, or empty for a linear model", v -> ((List<?>) v)
                .stream()
                        .allMatch(u ->
                                u.toString().matches("[1-9]\\d{0,4}") && Integer.parseInt(u.toString()) <= 65_536));
    }

    static Validator probabilities() {
        return new Allowed("a list of probabilities between 0 and 1, or empty", v -> ((List<?>) v)
                .stream().allMatch(p -> p.toString().matches("0?\\.\\d{1,9}") && Double.parseDouble(p.toString()) > 0));
    }

    static Validator distinct() {
        return new Allowed(
                "a list of distinct names",
                v -> ((List<?>) v).stream().distinct().count() == ((List<?>) v).size()
                        && ((List<?>) v).stream().noneMatch(n -> n.toString().isBlank()));
    }

    static Validator serde() {
        return new Allowed(
                "a class that implements Serde<GenericRecord>", v -> Serde.class.isAssignableFrom((Class<?>) v));
    }

    static Validator horizon() {
        return new Allowed(Horizon.ALLOWED, v -> {
            try {
                Horizon.parse((String) v);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    /** The feature list; the message is the parser's own, which names the feature. */
    static Validator features() {
        return new Validator() {
            @Override
            public void ensureValid(String name, @Nullable Object value) {
                try {
                    if (value != null && FeatureSpec.parseList((String) value).isEmpty()) {
                        throw new ConfigException(name, value, "must name at least one field");
                    }
                } catch (IllegalArgumentException e) {
                    throw new ConfigException(name, value, e.getMessage());
                }
            }

            @Override
            public String toString() {
                return "a list of field[?][:kind[(arguments)]]";
            }
        };
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
