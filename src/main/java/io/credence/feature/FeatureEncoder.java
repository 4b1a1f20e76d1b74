package io.credence.feature;

import io.credence.feature.Rejection.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the named values of an event into a {@link FeatureVector}. Immutable; safe for several threads. */
public final class FeatureEncoder {
    private final List<FeatureSpec> specs;
    private final List<ColumnEncoder> encoders;
    private final List<String> columns;
    private final boolean[] standardised;

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
        this.encoders = specs.stream().map(s -> ColumnEncoder.of(s, unseen)).toList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            names.addAll(encoders.get(i).columns());
            if (specs.get(i).nullable()) {
                names.add(specs.get(i).field() + "=missing");
            }
        }
        this.columns = List.copyOf(names);
        this.standardised = new boolean[columns.size()];
        int column = 0;
        for (int i = 0; i < specs.size(); i++) {
            int width = encoders.get(i).columns().size();
            Arrays.fill(standardised, column, column + width, specs.get(i).kind() == FeatureSpec.Kind.NUMERIC);
            column += width + (specs.get(i).nullable() ? 1 : 0);
        }
    }

    /** The configured features. */
    public List<FeatureSpec> specs() {
        return specs;
    }

    /** The number of columns. */
    public int width() {
        return columns.size();
    }

    /** The columns' names, such as {@code weather=mist} or {@code hour:sin1}. */
    public List<String> columns() {
        return columns;
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
     */
    public Outcome<FeatureVector> encode(ValueSource values) {
        float[] x = new float[columns.size()];
        int column = 0;
        for (int i = 0; i < encoders.size(); i++) {
            FeatureSpec spec = specs.get(i);
            ColumnEncoder encoder = encoders.get(i);
            int width = encoder.columns().size();
            Object value = values.get(i);
            if (value == null || (spec.nullable() && value instanceof Number n && Double.isNaN(n.doubleValue()))) {
                if (!spec.nullable()) {
                    return Outcome.reject(
                            Reason.MISSING_FEATURE,
                            "feature '" + spec.field() + "' is missing or null; declare it nullable as '" + spec.field()
                                    + "?' to impute it");
                }
                Arrays.fill(x, column, column + width, Float.NaN);
                x[column + width] = 1;
            } else {
                Rejection fault = encoder.encode(value, x, column);
                if (fault != null) {
                    return new Outcome.Rejected<>(fault);
                }
            }
            column += width + (spec.nullable() ? 1 : 0);
        }
        return Outcome.of(new FeatureVector(x));
    }
}
