package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout.Layer;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Moments;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.PredictionMaker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The live form of a {@link LearnerState}: what one learner believes, and the only class that changes it.
 *
 * <p>{@link #predictive()} is what predicts, an average over recent steps of {@link #iterate()}, which the update rule
 * moves. Everything that is given out is for reading.
 */
final class Belief {
    private static final double AVERAGE_LAG = 10;

    private final Shape shape;
    private final String modelKey;
    private final long epoch;
    private long step;
    private long events;
    private long rejected;
    private final Posterior iterate;
    private final Posterior posterior;
    private final float[][] optimiser;
    private final ObservationNoise noise;
    private final @Nullable DriftLayer drift;
    private final Standardisation standardisation;
    private PrequentialSums counters;

    private Belief(
            Shape shape,
            String modelKey,
            long epoch,
            Posterior iterate,
            Posterior posterior,
            float[][] optimiser,
            ObservationNoise noise,
            @Nullable DriftLayer drift,
            Standardisation standardisation,
            PrequentialSums counters) {
        this.shape = shape;
        this.modelKey = modelKey;
        this.epoch = epoch;
        this.iterate = iterate;
        this.posterior = posterior;
        this.optimiser = optimiser;
        this.noise = noise;
        this.drift = drift;
        this.standardisation = standardisation;
        this.counters = counters;
    }

    /** The prior's belief: μ drawn once at the usual scale of initial weights, σ a share of the prior's. */
    static Belief create(Shape shape, String modelKey, long epoch) {
        ModelSpec spec = shape.spec();
        Prior prior = Prior.of(shape.layout(), spec.network().priorScale());
        int size = shape.layout().size();
        CounterRandom noise = CounterRandom.of(spec.seed(), CounterRandom.hash(modelKey), 0, Purpose.INITIAL);
        Posterior q = Posterior.of(new float[size], new float[size]);
        for (Layer layer : shape.layout().layers()) {
            boolean last = layer.end() == size;
            double scale = Math.sqrt(2.0 / layer.fanIn()) * (last ? 0.5 : 1);
            for (int i = layer.weights(); i < layer.biases(); i++) {
                q.mu()[i] = (float) (scale * noise.gaussian());
            }
        }
        for (int i = 0; i < size; i++) {
            q.setSigma(i, (float) (spec.learning().optimiser().initialScale() * prior.deviations()[i]));
        }
        return new Belief(
                shape,
                modelKey,
                epoch,
                q,
                Posterior.of(q.mu(), q.rho()),
                new float[spec.learning().optimiser().rule().momentVectors()][size],
                new ObservationNoise(),
                shape.drifts() ? new DriftLayer(shape.layout().inputs(), shape.binary()) : null,
                Standardisation.create(shape),
                PrequentialSums.NONE);
    }

    /**
     * The belief in a state.
     *
     * @throws IllegalArgumentException if the state was made for another shape
     */
    static Belief of(Shape shape, LearnerState state) {
        shape.refuseOther(state);
        Belief belief = new Belief(
                shape,
                state.modelKey(),
                state.version().epoch(),
                Posterior.of(state.iterateMu(), state.iterateRho()),
                Posterior.of(state.mu(), state.rho()),
                rows(state.optimiser(), shape.layout().size()),
                new ObservationNoise(state.observationNoise()),
                shape.drifts() ? DriftLayer.of(shape.layout().inputs(), shape.binary(), state.drift()) : null,
                Standardisation.of(shape, state.standardisation()),
                PrequentialSums.of(state.counters()));
        belief.step = state.version().step();
        belief.events = state.events();
        belief.rejected = state.rejected();
        return belief;
    }

    /** The state: a copy. */
    LearnerState state() {
        return new LearnerState(
                modelKey,
                shape.fingerprint(),
                version(),
                events,
                rejected,
                iterate.mu().clone(),
                iterate.rho().clone(),
                posterior.mu().clone(),
                posterior.rho().clone(),
                flat(optimiser, posterior.size()),
                noise.toArray(),
                drift == null ? new double[0] : drift.toArray(),
                standardisation.toArray(),
                counters.toArray());
    }

    private static float[][] rows(float[] flat, int size) {
        float[][] rows = new float[flat.length / size][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = Arrays.copyOfRange(flat, k * size, (k + 1) * size);
        }
        return rows;
    }

    private static float[] flat(float[][] rows, int size) {
        float[] flat = new float[rows.length * size];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, flat, k * size, size);
        }
        return flat;
    }

    Shape shape() {
        return shape;
    }

    String modelKey() {
        return modelKey;
    }

    ModelVersion version() {
        return new ModelVersion(epoch, step);
    }

    /** Labelled events consumed. */
    long events() {
        return events;
    }

    /** Updates refused. */
    long rejected() {
        return rejected;
    }

    PrequentialSums counters() {
        return counters;
    }

    Standardisation standardisation() {
        return standardisation;
    }

    @Nullable
    DriftLayer drift() {
        return drift;
    }

    /** What the update rule moves. */
    Posterior iterate() {
        return iterate;
    }

    /** What predicts: the posterior, or before the first event the prior itself. */
    Posterior predictive() {
        return events == 0
                ? Prior.of(shape.layout(), shape.spec().network().priorScale()).asPosterior()
                : posterior;
    }

    /** The likelihood with the noise as it stands. */
    Likelihood likelihood() {
        return shape.likelihood(noise.variance());
    }

    /** Turns standardised moments into predictions, as it stands. */
    PredictionMaker maker() {
        return new PredictionMaker(
                likelihood(),
                standardisation.targetMean(),
                standardisation.targetScale(),
                shape.spec().predictive().interval());
    }

    /** Whether standardised labels mean anything yet. */
    boolean scaled() {
        return events > 0 && standardisation.scaleKnown();
    }

    /**
     * The drift layer's word on an event, after which it learns the label if that is in units known so far.
     *
     * @param network the network's moments of the event
     * @param x its standardised features
     * @param y its standardised label
     */
    Moments correct(Moments network, float[] x, double y, long eventTime) {
        if (drift == null) {
            return network;
        }
        Moments corrected = drift.next(network, x);
        if (scaled()) {
            drift.learn(network, corrected, y, eventTime);
        }
        return corrected;
    }

    /** Takes the standardised error of the event after {@code t} others, with the epistemic variance of its output. */
    void learnNoise(double error, double epistemic, long t) {
        noise.learn(error, epistemic, t);
    }

    /** Takes a tested event into the counters and the running statistics. */
    void learn(Observation event, Prediction prediction) {
        counters = counters.plus(prediction, event.label());
        standardise(event.features(), event.label());
    }

    /** Takes features and label of one event into the running statistics; predictions keep their original units. */
    void standardise(FeatureVector features, double label) {
        double mean = standardisation.targetMean();
        double scale = standardisation.targetScale();
        boolean known = standardisation.scaleKnown();
        standardisation.learn(features, label);
        if (shape.realTarget() && known) {
            double factor = scale / standardisation.targetScale();
            double shift = (mean - standardisation.targetMean()) / standardisation.targetScale();
            rescale(iterate, factor, shift);
            rescale(posterior, factor, shift);
            noise.rescale(factor);
        }
    }

    /** Counts labelled events as consumed. */
    void consume(long count) {
        events += count;
    }

    /** Rewrites the last layer so that mean + scale·f(x) stays what it was. */
    private void rescale(Posterior q, double factor, double shift) {
        Layer last = shape.layout().layers().get(shape.layout().layers().size() - 1);
        int outputs = last.fanOut();
        for (int i = last.weights(); i < last.end(); i += outputs) {
            q.mu()[i] *= (float) factor;
            q.scaleSigma(i, factor);
        }
        q.mu()[last.biases()] += (float) shift;
        if (outputs == 2) {
            q.mu()[last.biases() + 1] += (float) (2 * Math.log(factor));
        }
    }

    /** Moves the iterate by one step, and the posterior that predicts towards it (Polyak &amp; Juditsky 1992). */
    void move(UpdateRule rule, ElboGradient gradient, Prior prior, double klWeight) {
        step++;
        rule.apply(iterate, gradient, prior, klWeight, optimiser, step);
        double horizon = shape.spec().learning().optimiser().averageHorizon();
        float weight = (float) Math.max(AVERAGE_LAG / (step + AVERAGE_LAG), 1 / horizon);
        posterior.moveTowards(iterate, Math.min(1, weight));
    }

    /** Counts an update that was refused. */
    void refuse() {
        rejected++;
    }
}
