package io.credence.bayes.feature;

import java.util.Arrays;

/**
 * The encoded features of one event, before standardisation. They are doubles, since a float cannot tell values apart
 * that are far from zero and close to each other, such as times in seconds since 1970.
 *
 * @param values one number for each column of the {@link FeatureEncoder}; NaN marks a missing value, infinities never
 *     occur. The array is owned by this value and must not be written to
 */
public record FeatureVector(double[] values) {
    /** The same of numbers that are floats already. */
    public FeatureVector(float[] values) {
        this(widened(values));
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

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
