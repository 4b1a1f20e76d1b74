package io.credence.bayes.predict;

import io.credence.bayes.alert.InputRange;
import io.credence.bayes.feature.Standardizer;

/**
 * How far an event lies beyond what was seen: zero within six standard deviations of each column or within the range that
 * its values have been in, whichever reaches further, and growing from there on.
 *
 * @param inputs what features have been like; nothing but its ends is asked for
 * @param standardizer of the features
 */
public record Ridge(InputRange inputs, Standardizer standardizer) {
    /*
     * e(x) = max (|xᵢ| − bᵢ)₊²/2 on the standardiser's scale, logarithmic beyond 5. With bᵢ = 6 it is 0.2 at seven
     * deviations, 3 at ten, 18 at twenty. The tail of a skewed column reaches further than that and is no foreign land: bᵢ
     * is where the observed range ends on that side, if that lies beyond.
     */
    private static final float RANGE = 6;
    private static final float CURVE = 0.5f;

    /**
     * The ridge of one event.
     *
     * @param x standardised features from {@code at}, {@code width} of them
     */
    float of(float[] x, int at, int width) {
        float beyond = 0;
        for (int i = 0; i < width; i++) {
            float value = x[at + i];
            if (Math.abs(value) - RANGE > beyond) {
                beyond = Math.max(beyond, Math.abs(value) - border(i, value > 0));
            }
        }
        return CURVE * beyond * beyond;
    }

    private float border(int column, boolean above) {
        double end = inputs.end(column, above);
        float x = Double.isNaN(end) ? 0 : standardizer.apply(column, end);
        return Math.max(RANGE, above ? x : -x);
    }
}
