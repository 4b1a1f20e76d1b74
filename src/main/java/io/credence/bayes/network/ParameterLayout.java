package io.credence.bayes.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each layer's weights and biases lie in the flat parameter vector.
 *
 * <p>Layer by layer: weights [fan-in × fan-out] row-major, then biases [fan-out].
 */
public final class ParameterLayout {
    /**
     * One dense layer.
     *
     * @param fanIn inputs
     * @param fanOut outputs
     * @param weights offset of its weights
     * @param biases offset of its biases
     */
    public record Layer(int fanIn, int fanOut, int weights, int biases) {
        /** The number of weights, without biases. */
        public int weightCount() {
            return fanIn * fanOut;
        }

        /** The offset behind its last parameter. */
        public int end() {
            return biases + fanOut;
        }
    }

    private final List<Layer> layers;

    /**
     * @param inputs features of an event
     * @param hidden units of each hidden layer; may be empty
     * @param outputs numbers that the likelihood needs
     * @throws IllegalArgumentException if a size is below 1 or the total exceeds an array
     */
    public ParameterLayout(int inputs, List<Integer> hidden, int outputs) {
        List<Integer> sizes = new ArrayList<>(hidden);
        sizes.add(outputs);
        List<Layer> made = new ArrayList<>();
        int fanIn = inputs;
        long offset = 0;
        for (int fanOut : sizes) {
            if (fanIn < 1 || fanOut < 1) {
                throw new IllegalArgumentException("a layer needs at least one unit: " + inputs + " → " + sizes);
            }
            long end = offset + (long) fanIn * fanOut + fanOut;
            if (end > Integer.MAX_VALUE / 8) {
                throw new IllegalArgumentException("the network is too large: " + inputs + " → " + sizes);
            }
            made.add(new Layer(fanIn, fanOut, (int) offset, (int) offset + fanIn * fanOut));
            offset = end;
            fanIn = fanOut;
        }
        this.layers = List.copyOf(made);
    }

    /** The layers, first to last. */
    public List<Layer> layers() {
        return layers;
    }

    /** Features of an event. */
    public int inputs() {
        return layers.get(0).fanIn();
    }

    /** Numbers that the network puts out for an event. */
    public int outputs() {
        return layers.get(layers.size() - 1).fanOut();
    }

    /** The number of parameters, P. */
    public int size() {
        return layers.get(layers.size() - 1).end();
    }

    /** The widest layer, inputs included. */
    public int widest() {
        return layers.stream()
                .mapToInt(l -> Math.max(l.fanIn(), l.fanOut()))
                .max()
                .orElseThrow();
    }
}
