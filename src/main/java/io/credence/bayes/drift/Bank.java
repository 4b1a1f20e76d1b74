package io.credence.bayes.drift;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/** The hypotheses side by side, each with what it last predicted; their weights are kept elsewhere. */
final class Bank {
    /*
     * The network alone; the network with adaptive noise (real targets); corrections on the small and on the full set of
     * regressors, each with random walks 0, 1e-4, 1e-3 and 1e-2 of the noise variance for each event.
     */
    private static final double[] WALKS = {0, 1e-4, 1e-3, 1e-2};
    private static final double LOWEST = -60;

    /** The weight of the network alone, before any evidence. */
    static final double NETWORK = 0.5;

    final List<DynamicModel> models = new ArrayList<>();
    final boolean binary;

    Bank(Regressors regressors, boolean binary) {
        this.binary = binary;
        models.add(new DynamicModel(0, 0, false));
        if (!binary) {
            models.add(new DynamicModel(0, 0, true));
        }
        for (int size : new int[] {regressors.small, regressors.mean.length}) {
            for (double walk : WALKS) {
                models.add(new DynamicModel(size, walk, !binary));
            }
        }
    }

    /** How much of the weight that corrections of a real target have goes beyond what they begin with, as a share of what may. */
    static double earned(double[] weights) {
        double corrections = 1;
        for (int k = 0; k < alone(false); k++) {
            corrections -= weights[k];
        }
        return Math.max(0, (corrections - (1 - NETWORK)) / NETWORK);
    }

    /** How many of the models are the network alone; they come first. */
    static int alone(boolean binary) {
        return binary ? 1 : 2;
    }

    /** How many models there are. */
    static int models(boolean binary) {
        return alone(binary) + 2 * WALKS.length;
    }

    /** Numbers that a bank stores. */
    static int length(int columns, boolean binary) {
        int small = Regressors.small(binary);
        return alone(binary) * DynamicModel.length(0)
                + WALKS.length * (DynamicModel.length(small) + DynamicModel.length(small + columns));
    }

    void store(DoubleBuffer out) {
        models.forEach(m -> m.store(out));
    }

    void load(DoubleBuffer in) {
        models.forEach(m -> m.load(in));
    }

    void rescale(double factor, double shift) {
        models.forEach(m -> m.rescale(factor, shift));
    }

    void predict(Regressors regressors, Said network) {
        for (DynamicModel model : models) {
            if (binary) {
                model.predictBinary(regressors, network.output(), network.mean());
            } else {
                model.predictReal(regressors, network.output(), network.aleatoric());
            }
        }
    }

    /** Learns the label of the event that {@link #predict} was last called for. */
    void learn(Regressors regressors, Said network, double y) {
        for (DynamicModel model : models) {
            if (binary) {
                model.learnBinary(y);
            } else {
                model.learnReal(regressors, y, network.variance());
            }
        }
    }

    /**
     * What corrections have in common whatever the features and the output, times a share.
     *
     * @param weights of the models
     * @param residual the last residual less the base
     */
    double level(double share, double[] weights, double base, double residual) {
        double level = 0;
        for (int k = 0; share > 0 && k < weights.length; k++) {
            level += share * weights[k] * models.get(k).level(base, residual);
        }
        return level;
    }

    /** What a model said of the label of the event that {@link #predict} was last called for, nats. */
    double logLikelihood(int k, Said network, double y) {
        DynamicModel model = models.get(k);
        if (binary) {
            return Math.log(y > 0.5 ? model.probability : 1 - model.probability);
        }
        double total = model.total(network.variance());
        double error = y - model.location;
        return Math.max(LOWEST, -0.5 * (Math.log(2 * Math.PI * total) + error * error / total));
    }
}
