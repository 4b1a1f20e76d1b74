package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.Standardizer;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The live form of a {@link LearnerState}: what one learner changes from step to step.
 *
 * <p>{@link #posterior} is what predicts, an average over recent steps of {@link #iterate}, which the update rule moves.
 */
final class Learned {
    final Shape shape;
    final String modelKey;
    final long epoch;
    long step;
    long events;
    long rejected;
    final Posterior posterior;
    final Posterior iterate;
    final float[][] moments;
    final Standardizer standardizer;
    final RunningMoments target;
    final ObservationNoise noise;
    final @Nullable DriftLayer drift;
    PrequentialSums prequential;

    private Learned(
            Shape shape,
            String modelKey,
            long epoch,
            Posterior posterior,
            Posterior iterate,
            float[][] moments,
            Standardizer standardizer,
            RunningMoments target,
            ObservationNoise noise,
            @Nullable DriftLayer drift,
            PrequentialSums prequential) {
        this.shape = shape;
        this.modelKey = modelKey;
        this.epoch = epoch;
        this.posterior = posterior;
        this.iterate = iterate;
        this.moments = moments;
        this.standardizer = standardizer;
        this.target = target;
        this.noise = noise;
        this.drift = drift;
        this.prequential = prequential;
    }

    /** The prior's state: μ drawn once at the usual scale of initial weights, σ a share of the prior's. */
    static Learned create(Shape shape, String modelKey) {
        return create(shape, modelKey, 0);
    }

    /** The same in another epoch. */
    static Learned create(Shape shape, String modelKey, long epoch) {
        ModelSpec spec = shape.spec();
        Prior prior = Prior.of(shape.layout(), spec.network().priorScale());
        int size = shape.layout().size();
        float[] mu = new float[size];
        float[] rho = new float[size];
        CounterRandom noise = CounterRandom.of(spec.seed(), CounterRandom.hash(modelKey), 0, Purpose.INITIAL);
        Posterior q = Posterior.of(mu, rho);
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
        return new Learned(
                shape,
                modelKey,
                epoch,
                Posterior.of(q.mu(), q.rho()),
                q,
                new float[UpdateRule.of(spec.learning(), prior).momentVectors()][size],
                new Standardizer(spec.features().standardised()),
                new RunningMoments(1),
                new ObservationNoise(),
                shape.drifts() ? new DriftLayer(shape.layout().inputs(), shape.binary()) : null,
                PrequentialSums.NONE);
    }

    static Learned of(Shape shape, LearnerState state) {
        if (state.fingerprint() != shape.fingerprint()) {
            throw new IllegalArgumentException("the stored model '" + state.modelKey()
                    + "' was made for other features, another network or another rule; use another"
                    + " application.id, or restore the configuration it was made with");
        }
        int size = shape.layout().size();
        double[] statistics = state.standardisation();
        int columns = 3 * shape.layout().inputs();
        float[] m = state.moments();
        double[] layer = Arrays.copyOfRange(state.noise(), 2, state.noise().length);
        Learned learned = new Learned(
                shape,
                state.modelKey(),
                state.epoch(),
                Posterior.of(state.mu(), state.rho()),
                Posterior.of(Arrays.copyOf(m, size), Arrays.copyOfRange(m, size, 2 * size)),
                rows(m, 2 * size, size),
                new Standardizer(
                        shape.spec().features().standardised(), RunningMoments.of(Arrays.copyOf(statistics, columns))),
                RunningMoments.of(Arrays.copyOfRange(statistics, columns, columns + 3)),
                new ObservationNoise(state.noise()),
                shape.drifts() ? DriftLayer.of(shape.layout().inputs(), shape.binary(), layer) : null,
                PrequentialSums.of(state.prequential()));
        learned.step = state.step();
        learned.events = state.events();
        learned.rejected = state.rejected();
        return learned;
    }

    /**
     * Refuses a state from elsewhere that would not work.
     *
     * @throws IllegalArgumentException saying what does not fit
     */
    static void refuseUnfit(Shape shape, LearnerState state) {
        LearnerState prior = create(shape, state.modelKey()).state();
        boolean fits = state.fingerprint() == prior.fingerprint()
                && state.mu().length == prior.mu().length
                && state.rho().length == prior.rho().length
                && state.moments().length == prior.moments().length
                && state.standardisation().length == prior.standardisation().length
                && state.noise().length == prior.noise().length
                && state.prequential().length == prior.prequential().length;
        if (!fits) {
            throw new IllegalArgumentException("the model '" + state.modelKey() + "' with fingerprint "
                    + Long.toHexString(state.fingerprint()) + " and " + state.mu().length
                    + " weights does not fit the configuration with fingerprint "
                    + Long.toHexString(prior.fingerprint()) + " and " + prior.mu().length + " weights");
        }
        if (state.step() < 0 || state.events() < 0) {
            throw new IllegalArgumentException("step " + state.step() + " and events " + state.events()
                    + " of the model '" + state.modelKey() + "' cannot be");
        }
        for (int i = 0; i < state.mu().length; i++) {
            if (!Float.isFinite(state.mu()[i]) || !Float.isFinite(state.rho()[i])) {
                throw new IllegalArgumentException(
                        "weight " + i + " of the model '" + state.modelKey() + "' is not finite");
            }
        }
    }

    LearnerState state() {
        int size = posterior.size();
        float[] m = new float[(2 + moments.length) * size];
        System.arraycopy(iterate.mu(), 0, m, 0, size);
        System.arraycopy(iterate.rho(), 0, m, size, size);
        for (int k = 0; k < moments.length; k++) {
            System.arraycopy(moments[k], 0, m, (2 + k) * size, size);
        }
        return new LearnerState(
                modelKey,
                shape.fingerprint(),
                epoch,
                step,
                events,
                rejected,
                posterior.mu().clone(),
                posterior.rho().clone(),
                m,
                concat(standardizer.moments().toArray(), target.toArray()),
                concat(noise.toArray(), drift == null ? new double[0] : drift.toArray()),
                prequential.toArray());
    }

    /** Vectors of {@code size} from a place on to the end. */
    private static float[][] rows(float[] flat, int from, int size) {
        float[][] rows = new float[(flat.length - from) / size][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = Arrays.copyOfRange(flat, from + k * size, from + (k + 1) * size);
        }
        return rows;
    }

    private static double[] concat(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Whether standardised labels mean anything yet: not before two different labels were seen. */
    boolean scaleKnown() {
        return !shape.realTarget() || target.deviation(0) > 0;
    }

    /** What predicts: the posterior, or before the first event the prior itself. */
    Posterior predictive() {
        return events == 0
                ? Prior.of(shape.layout(), shape.spec().network().priorScale()).asPosterior()
                : posterior;
    }

    double targetMean() {
        return shape.realTarget() ? target.mean(0) : 0;
    }

    double targetScale() {
        double deviation = shape.realTarget() ? target.deviation(0) : 1;
        return deviation > 0 ? deviation : 1;
    }

    /** Takes features and label of one event into the running statistics; predictions keep their original units. */
    void standardise(FeatureVector features, double label) {
        standardizer.learn(features);
        if (!shape.realTarget()) {
            return;
        }
        double mean = targetMean();
        double scale = targetScale();
        boolean known = scaleKnown();
        target.add(0, label);
        if (known) {
            double factor = scale / targetScale();
            double shift = (mean - targetMean()) / targetScale();
            rescale(iterate, factor, shift);
            rescale(posterior, factor, shift);
            noise.rescale(factor);
        }
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
}
