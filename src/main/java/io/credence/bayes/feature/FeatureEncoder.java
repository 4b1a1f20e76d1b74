package io.credence.bayes.feature;

import io.credence.bayes.feature.Rejection.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns the named values of an event into a {@link FeatureVector}. Immutable; safe for several threads. */
public final class FeatureEncoder {
    private final List<FeatureSpec> specs;
    private final UnseenCategory unseen;
    private final Placed[] placed;
    private final List<String> columns;
    private final boolean[] standardised;

    /** A feature's encoder and its columns: {@code width} from {@code at} on, and one more if it is nullable. */
    private record Placed(ColumnEncoder encoder, boolean nullable, int at, int width) {}

    /**
     * @param specs the features, in the order of their columns
     * @param unseen what to do with categories that a one-hot feature does not list
     * @throws IllegalArgumentException if there is no feature, or one is named twice with the same kind
     */
    public FeatureEncoder(List<FeatureSpec> specs, UnseenCategory unseen) {
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("no features are given: name at least one field");
        }
        if (specs.stream().distinct().count() != specs.size()) {
            throw new IllegalArgumentException("a feature is given twice: " + specs);
        }
        this.specs = List.copyOf(specs);
        this.unseen = unseen;
        this.placed = new Placed[specs.size()];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < placed.length; i++) {
            FeatureSpec spec = specs.get(i);
            ColumnEncoder encoder = ColumnEncoder.of(spec, unseen);
            placed[i] = new Placed(
                    encoder, spec.nullable(), names.size(), encoder.columns().size());
            names.addAll(encoder.columns());
            if (spec.nullable()) {
                names.add(spec.field() + "=missing");
            }
        }
        this.columns = List.copyOf(names);
        this.standardised = new boolean[columns.size()];
        for (int i = 0; i < placed.length; i++) {
            boolean numeric = specs.get(i).kind().number();
            Arrays.fill(standardised, placed[i].at, placed[i].at + placed[i].width, numeric);
        }
    }

    /** The configured features. */
    public List<FeatureSpec> specs() {
        return specs;
    }

    /** What happens to a category that a one-hot feature does not list. */
    public UnseenCategory unseen() {
        return unseen;
    }

    /** The number of columns. */
    public int width() {
        return columns.size();
    }

    /** The columns' names, such as {@code weather=mist} or {@code hour:sin1}. */
    public List<String> columns() {
        return columns;
    }

    /** The field of the feature that a column belongs to. */
    public String featureOf(int column) {
        int i = placed.length - 1;
        while (placed[i].at > column) {
            i--;
        }
        return specs.get(i).field();
    }

    /** Whether a feature tells of earlier events, which have been judged themselves. */
    public boolean remembers(String field) {
        return specs.stream()
                .anyMatch(s -> s.kind() == FeatureSpec.Kind.PAST && s.field().equals(field));
    }

    /**
     * A feature and its columns.
     *
     * @param spec the feature; if it is nullable, the column behind the others tells whether its value is missing
     * @param from its first column
     * @param width columns of its value
     */
    public record Columns(FeatureSpec spec, int from, int width) {}

    /** Each feature's columns, in their order. */
    public List<Columns> placed() {
        return IntStream.range(0, placed.length)
                .mapToObj(i -> new Columns(specs.get(i), placed[i].at, placed[i].width))
                .toList();
    }

    /** For each column, whether it is standardised by running statistics; the others already lie in −1…1. */
    public boolean[] standardised() {
        return standardised.clone();
    }

    /**
     * Encodes one event.
     *
     * @param values the value of feature i of {@link #specs()}: a {@link Number}, {@link Boolean},
     *     {@link CharSequence}, {@link java.time.Instant} or null. Numbers may come as text
     * @return a vector of {@link #width} columns; or why there is none, the first fault found: a missing feature, one of a
     *     wrong type or not finite, or a category that is not listed
     */
    public Outcome<FeatureVector> encode(ValueSource values) {
        double[] x = new double[columns.size()];
        for (int i = 0; i < placed.length; i++) {
            Placed feature = placed[i];
            Object value = values.get(i);
            if (value != null && !(feature.nullable && value instanceof Number n && Double.isNaN(n.doubleValue()))) {
                Rejection fault = feature.encoder.encode(value, x, feature.at);
                if (fault != null) {
                    return Outcome.reject(fault);
                }
            } else if (feature.nullable) {
                Arrays.fill(x, feature.at, feature.at + feature.width, Double.NaN);
                x[feature.at + feature.width] = 1;
            } else {
                return missing(specs.get(i).field());
            }
        }
        return Outcome.of(new FeatureVector(x));
    }

    /**
     * Encodes one event given by names; names that are no feature are ignored.
     *
     * @param values by field, of the types above. A dotted field is looked up as it stands, else in maps within the map
     * @return as {@link #encode(ValueSource)}
     */
    public Outcome<FeatureVector> encode(Map<String, ?> values) {
        return encode(named(values));
    }

    /** The values of an event that is given by names, as {@link #encode(Map)} finds them. */
    public ValueSource named(Map<String, ?> values) {
        return i -> at(values, specs.get(i).field());
    }

    static @Nullable Object at(Map<?, ?> values, String field) {
        Object value = values.get(field);
        int dot = field.indexOf('.');
        return value == null && dot > 0 && values.get(field.substring(0, dot)) instanceof Map<?, ?> inner
                ? at(inner, field.substring(dot + 1))
                : value;
    }

    private static Outcome<FeatureVector> missing(String field) {
        return Outcome.reject(
                Reason.MISSING_FEATURE,
                "feature '" + field + "' is missing or null; declare it nullable as '" + field + "?' to impute it");
    }
}
