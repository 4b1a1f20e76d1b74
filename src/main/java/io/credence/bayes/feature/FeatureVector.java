package io.credence.bayes.feature;

import java.util.Arrays;

/**
 * The encoded features of one event, before standardisation.
 *
 * @param values one number for each column of the {@link FeatureEncoder}; NaN marks a missing value, infinities never
 *     occur. The array is owned by this value and must not be written to
 */
public record FeatureVector(float[] values) {
    /** The number of columns. */
    public int width() {
        return values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
