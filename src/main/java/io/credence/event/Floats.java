package io.credence.event;

import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of floats as the list that a generated class wants. */
final class Floats extends AbstractList<Float> implements RandomAccess {
    private final float[] values;

    Floats(float[] values) {
        this.values = values;
    }

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
