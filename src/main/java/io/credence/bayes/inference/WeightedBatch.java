package io.credence.bayes.inference;

/**
 * A minibatch ready for the network: standardised features and labels, with the weight of each event in the ELBO.
 *
 * <p>Fresh events come first. Buffers, overwritten by each step.
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
