package io.credence.stream.wire;

import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of doubles as the list that a generated class wants; the array is borrowed, not copied. */
public final class Doubles extends AbstractList<Double> implements RandomAccess {
    private final double[] values;

    public Doubles(double[] values) {
        this.values = values;
    }

    /** The array itself. */
    double[] values() {
        return values;
    }

    @Override
    public Double get(int i) {
        return values[i];
    }

    @Override
    public int size() {
        return values.length;
    }
}
