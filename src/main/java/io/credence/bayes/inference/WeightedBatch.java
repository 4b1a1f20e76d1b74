package io.credence.bayes.inference;

/**
 * A minibatch ready for the network: standardised features {@code x} [size × width, a row for each event] and labels
 * {@code y} [size], with the weight cᵢ/N of each event in the loss of a step [size].
 *
 * <p>Fresh events come first, then the replayed ones. Buffers for as many events as a step can have, overwritten by each
 * step; what lies behind {@code size} is of an earlier one.
 */
public final class WeightedBatch {
    final int width;
    final float[] x;
    final double[] y;
    final float[] weight;
    int size;

    WeightedBatch(int capacity, int width) {
        this.width = width;
        this.x = new float[capacity * width];
        this.y = new double[capacity];
        this.weight = new float[capacity];
    }
}
