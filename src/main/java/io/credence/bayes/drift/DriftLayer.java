package io.credence.bayes.drift;

import io.credence.bayes.linalg.Elementary;
import io.credence.bayes.predict.Moments;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forgetting chosen by the data: a bank of dynamic models on top of the network, from "nothing drifts" to "everything
 * does", weighted by how well each has predicted lately.
 *
 * <p>For real targets, in standardised units, and for two classes, on the logit scale. Deterministic, no random numbers.
 */
public final class DriftLayer {
    /*
     * Models: the network alone; the network with adaptive noise (real targets); corrections on the small and on the
     * full set of regressors, each with random walks 0, 1e-4, 1e-3 and 1e-2 of the noise variance for each event.
     * Weights: fixed share (Herbster &amp; Warmuth 1998): w ← (1 − α)·w·likelihood/Σ + α·prior, half of the prior on the
     * network, so that a stationary stream pays almost nothing. The prediction is the mixture, moment-matched.
     * Variances are scaled by the mean squared standardised error of late. Where what the network leaves is nearly the
     * same from event to event, the level of the labels walks, and the network is to learn without it (Cochrane &amp;
     * Orcutt 1949): level().
     * An event that comes later than the next label sees the lagged terms decayed by age, and the moving hypotheses'
     * weight go to the stationary ones. Cost: eight products of a matrix of at most 64² for each event.
     */
    private static final double[] WALKS = {0, 1e-4, 1e-3, 1e-2};
    private static final double SHARE = 0.001;
    private static final double NETWORK = 0.5;
    private static final double TINY = 1e-12;
    private static final int UNIT = 2;
    private static final double NEGLIGIBLE = 1e-3;
    private static final double WALKING = 0.9;
    private static final double WALKING_RANGE = 0.08;

    private final int columns;
    private final boolean binary;
    private final List<DynamicModel> models;
    private final double[] prior;
    private final double[] weights;
    private final double[] used;
    private final Regressors regressors;
    private Recent recent = Recent.NOTHING;
    private double factor = 1;
    private double shift;

    /**
     * A layer that knows nothing yet.
     *
     * @param columns features
     * @param binary whether the label is one of two classes
     */
    public DriftLayer(int columns, boolean binary) {
        this.columns = columns;
        this.binary = binary;
        this.regressors = new Regressors(columns, binary);
        this.models = new ArrayList<>();
        models.add(new DynamicModel(0, 0, false));
        if (!binary) {
            models.add(new DynamicModel(0, 0, true));
        }
        int network = models.size();
        for (int size : new int[] {regressors.small, regressors.mean.length}) {
            for (double walk : WALKS) {
                models.add(new DynamicModel(size, walk, !binary));
            }
        }
        this.prior = new double[models.size()];
        Arrays.fill(prior, (1 - NETWORK) / (prior.length - network));
        Arrays.fill(prior, 0, network, NETWORK / network);
        this.weights = prior.clone();
        this.used = prior.clone();
    }

    /** A layer from its stored form. */
    public static DriftLayer of(int columns, boolean binary, double[] stored) {
        DriftLayer layer = new DriftLayer(columns, binary);
        DoubleBuffer in = DoubleBuffer.wrap(stored);
        in.get(layer.weights);
        layer.recent = new Recent(
                in.get(), in.get(), in.get(), in.get(), in.get(), in.get(), in.get(), in.get(), new Outliers(in.get()));
        layer.factor = in.get();
        layer.shift = in.get();
        layer.models.forEach(m -> m.load(in));
        return layer;
    }

    /**
     * The length of the stored form.
     *
     * @param columns features
     * @param binary whether the label is one of two classes
     */
    public static int length(int columns, boolean binary) {
        int alone = binary ? 1 : 2;
        int corrections =
                DynamicModel.length(Regressors.small(binary)) + DynamicModel.length(Regressors.full(columns, binary));
        int models = alone + 2 * WALKS.length;
        return models + Recent.SIZE + UNIT + alone * DynamicModel.length(0) + WALKS.length * corrections;
    }

    /**
     * The stored form: the models' weights, what just happened ({@link Recent}), factor and shift from the unit of the
     * models to that of the labels, then each model.
     */
    public double[] toArray() {
        DoubleBuffer out = DoubleBuffer.allocate(length(columns, binary));
        out.put(weights);
        out.put(recent.residual()).put(recent.label()).put(recent.volatility()).put(recent.product());
        out.put(recent.square()).put(recent.time()).put(recent.interval());
        out.put(recent.calibration()).put(recent.outliers().share());
        out.put(factor).put(shift);
        models.forEach(m -> m.store(out));
        return out.array();
    }

    /**
     * Follows a change of the target's unit, in which standardised values y become {@code newFactor}·y +
     * {@code newShift}. Small changes wait until they add up.
     */
    public void rescale(double newFactor, double newShift) {
        factor *= newFactor;
        shift = newFactor * shift + newShift;
        if (Math.abs(factor - 1) > NEGLIGIBLE || Math.abs(shift) > NEGLIGIBLE) {
            models.forEach(m -> m.rescale(factor, shift));
            recent = recent.rescaled(factor);
            factor = 1;
            shift = 0;
        }
    }

    /** The corrected moments of the event whose label comes next. */
    public Moments next(Moments network, float[] x) {
        return predict(network, x, 0);
    }

    /** The corrected moments of an event of that time, which may be some labels ahead of what was learned. */
    public Moments at(Moments network, float[] x, long eventTime) {
        return predict(network, x, recent.age(eventTime));
    }

    /** The corrected moments of an event that is unrelated in time to what was learned. */
    public Moments anytime(Moments network, float[] x) {
        return predict(network, x, Double.POSITIVE_INFINITY);
    }

    private Moments predict(Moments network, float[] x, double age) {
        regressors.fill(x, network.output(), recent, age);
        weigh(age);
        for (DynamicModel model : models) {
            if (binary) {
                model.predictBinary(regressors, network.output(), network.mean());
            } else {
                model.predictReal(regressors, network.output(), network.aleatoric());
            }
        }
        return binary ? mixBinary(network) : mixReal(network);
    }

    /**
     * How far the labels lie above the network's outputs of late, whatever the features: the part of the last {@link
     * #next} that came from the intercepts and the last error. In standardised units; 0 for two classes.
     */
    public double level() {
        double share = levelShare();
        double level = 0;
        for (int k = 0; !binary && share > 0 && k < used.length; k++) {
            level += share * used[k] * models.get(k).level(regressors);
        }
        return level;
    }

    /** Whether the level walks, from 0 to 1: whether what the network leaves is nearly the same from event to event. */
    public double levelShare() {
        return binary ? 0 : Math.max(0, Math.min(1, (recent.autocorrelation() - WALKING) / WALKING_RANGE));
    }

    private void weigh(double age) {
        double keep = Double.isInfinite(age) ? 0 : Math.pow(1 - SHARE, age);
        double stationary = TINY;
        for (int k = 0; k < weights.length; k++) {
            stationary += models.get(k).walk == 0 ? weights[k] : 0;
        }
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            double moved = models.get(k).walk == 0 ? (1 - keep) * weights[k] / stationary : 0;
            used[k] = keep * weights[k] + moved;
            sum += used[k];
        }
        for (int k = 0; k < weights.length; k++) {
            used[k] /= sum;
        }
    }

    private Moments mixReal(Moments network) {
        double mean = 0;
        double aleatoric = 0;
        double square = 0;
        double spread = 0;
        for (int k = 0; k < used.length; k++) {
            DynamicModel model = models.get(k);
            double shift = model.location - network.output();
            mean += used[k] * shift;
            square += used[k] * shift * shift;
            spread += used[k] * model.spread;
            aleatoric += used[k] * model.noise;
        }
        double epistemic = network.epistemic() + spread + Math.max(0, square - mean * mean);
        double calibration = recent.calibration();
        return network.withReal(network.output() + mean, calibration * epistemic, calibration * aleatoric);
    }

    private Moments mixBinary(Moments network) {
        double p = 0;
        for (int k = 0; k < used.length; k++) {
            p += used[k] * models.get(k).probability;
        }
        double between = 0;
        for (int k = 0; k < used.length; k++) {
            DynamicModel model = models.get(k);
            double slope = model.probability * (1 - model.probability);
            between += used[k] * (Math.pow(model.probability - p, 2) + slope * slope * model.spread);
        }
        return network.withProbability(p, Math.min(p * (1 - p), network.epistemic() + between));
    }

    /**
     * Learns the label of the event that {@link #next} was last called for.
     *
     * @param network the network's moments of that event
     * @param corrected what {@link #next} returned
     * @param y the label, standardised or 0/1
     * @param eventTime of the event, milliseconds
     */
    public void learn(Moments network, Moments corrected, double y, long eventTime) {
        reweigh(network, y);
        for (DynamicModel model : models) {
            if (binary) {
                model.learnBinary(y);
            } else {
                model.learnReal(regressors, y, network.outputVariance());
            }
        }
        if (binary) {
            double residual = y - Elementary.sigmoid(network.output());
            recent = recent.next(residual, 2 * y - 1, 1, eventTime);
        } else {
            double error = y - corrected.mean();
            double surprise = recent.calibration() * error * error / (corrected.epistemic() + corrected.aleatoric());
            recent = recent.next(Regressors.clip(y - network.output(), 6), 0, surprise, eventTime);
        }
    }

    private void reweigh(Moments network, double y) {
        double[] log = new double[weights.length];
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < log.length; k++) {
            log[k] = Math.log(weights[k]) + logLikelihood(models.get(k), network, y);
            max = Math.max(max, log[k]);
        }
        double sum = 0;
        for (int k = 0; k < log.length; k++) {
            weights[k] = Math.exp(log[k] - max);
            sum += weights[k];
        }
        for (int k = 0; k < log.length; k++) {
            weights[k] = (1 - SHARE) * weights[k] / sum + SHARE * prior[k];
        }
    }

    private double logLikelihood(DynamicModel model, Moments network, double y) {
        if (binary) {
            return Math.log(y > 0.5 ? model.probability : 1 - model.probability);
        }
        double total = model.total(network.outputVariance());
        double error = y - model.location;
        return Math.max(-60, -0.5 * (Math.log(2 * Math.PI * total) + error * error / total));
    }

    /** Posterior probability that something drifts: the weight of the models whose coefficients walk. */
    double driftProbability() {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += models.get(k).walk > 0 ? weights[k] : 0;
        }
        return sum;
    }
}
