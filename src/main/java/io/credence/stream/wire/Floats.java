package io.credence.stream.wire;

import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of floats as the list that a generated class wants; the array is borrowed, not copied. */
public final class Floats extends AbstractList<Float> implements RandomAccess {
    private final float[] values;

    public Floats(float[] values) {
        this.values = values;
    }

    /** The array itself. */
    float[] values() {
        return values;
    }

    @Override
    public Float get(int i) {
        return values[i];
    }

    @Override
    public int size() {
        return values.length;
    }
}
