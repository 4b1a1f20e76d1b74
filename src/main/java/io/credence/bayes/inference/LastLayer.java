package io.credence.bayes.inference;

import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.network.OutputCovariance;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The posterior covariance of the weights that a real target is made of, correlations among them: Σ = (Σ₀⁻¹ + N/s²·M)⁻¹,
 * with M the mean of φφᵀ over the events, φ the activations below the last layer and a one for its bias, and s² what is
 * {@linkplain #share left of the noise} beside this variance.
 *
 * <p>For given activations that is the exact posterior of a linear Gaussian model (Bishop 2006, eq. 3.54; as an
 * approximation of a network's, MacKay 1992), whatever the temperature at which the weights are learned.
 *
 * <p>Stored as the lower triangle of M, row by row, then N/s², the events among N that came before an import, 1/σ₀² of a
 * weight, and by how much the variance of a mean that this gives exceeds that of the samples, as a running mean. Nothing is
 * stored where the network has several outputs, another task or {@value #WIDEST} units or more below the last layer, whose
 * weights stay independent.
 */
final class LastLayer {
    /*
     * M is a running mean over steps of the mean over each step's events, fresh and replayed, at the means of the weights
     * that predict: activations move while the network learns, so that a sum over all events would hold what they no
     * longer are. N/s² stands beside it, so that the covariance is a function of what is stored. Both follow every step
     * at first and then one in EVERY, since a factorisation costs size³/3 operations. M is in single precision: activations
     * that are large beside the prior leave the factorisation nothing but rounding, hence ROUNDING of the diagonal, and
     * units of which less than the prior is left stand alone.
     */
    static final int WIDEST = 128;

    private static final int EVERY = 16;
    private static final int SETTLED = 64;
    private static final double LAG = 10;
    private static final double HORIZON = 100;

    /* The noise is what errors leave beside the samples' variance. What this one has more is in it. */
    private static final double EARLY = 5;
    private static final double MEMORY = 1000;
    private static final double LEAST_SHARE = 0.05;

    private static final double ROUNDING = 1e-6;
    private static final double SMALL = 0.01;
    private static final float LARGEST = 1e30f;

    private static final int TAIL = 4;
    private static final int PRECISION = 4;
    private static final int INHERITED = 3;
    private static final int PRIOR = 2;
    private static final int MORE = 1;

    private final int size;
    private final float[] stored;
    private @Nullable OutputCovariance covariance;

    private LastLayer(int size, float[] stored) {
        this.size = size;
        this.stored = stored;
    }

    /** One that has seen nothing. */
    static LastLayer create(Shape shape) {
        return of(shape, new float[length(shape)]);
    }

    /** One from its stored form, with the prior of the configuration. */
    static LastLayer of(Shape shape, float[] stored) {
        LastLayer last = new LastLayer(size(shape), stored.clone());
        if (last.size > 0) {
            float sigma0 = Prior.of(shape.layout(), shape.spec().network().priorScale())
                    .deviations()[last(shape).weights()];
            last.set(PRIOR, 1.0 / ((double) sigma0 * sigma0));
        }
        return last;
    }

    /** N/s² of a member, from the stored form of all. */
    static double precision(Shape shape, float[] all, int member) {
        int length = length(shape);
        return length == 0 ? 0 : all[(member + 1) * length - PRECISION];
    }

    LastLayer copy() {
        return new LastLayer(size, stored.clone());
    }

    private static int size(Shape shape) {
        Layer last = last(shape);
        boolean one = shape.realTarget() && last.fanOut() == 1;
        return one && last.fanIn() < WIDEST ? last.fanIn() + 1 : 0;
    }

    private static Layer last(Shape shape) {
        return shape.layout().layers().get(shape.layout().layers().size() - 1);
    }

    /** Numbers that a shape's stores. */
    static int length(Shape shape) {
        int size = size(shape);
        return size == 0 ? 0 : size * (size + 1) / 2 + TAIL;
    }

    /** The stored form: its own. */
    float[] stored() {
        return stored;
    }

    /** Whether it has learned anything. */
    boolean known() {
        return size > 0 && get(PRECISION) > 0;
    }

    private double get(int fromEnd) {
        return stored[stored.length - fromEnd];
    }

    private void set(int fromEnd, double value) {
        stored[stored.length - fromEnd] = (float) Math.max(-LARGEST, Math.min(LARGEST, value));
    }

    /** Takes the events of a model that was brought here, whose memory begins anew. */
    void inherit(double events) {
        if (size > 0) {
            set(INHERITED, get(INHERITED) + events);
        }
    }

    /** Whether step number {@code step}, from 1, is one that it follows. */
    boolean due(long step) {
        return size > 0 && step % period(step) == 0;
    }

    private static long period(long step) {
        return Math.max(1, Math.min(EVERY, step / SETTLED));
    }

    /**
     * Takes the variance of a mean, after {@code t} other events.
     *
     * @param more by how much it exceeds that of the samples
     * @param noise the learned variance of the noise
     */
    void compare(double more, double noise, double t) {
        if (size > 0 && !Double.isNaN(more)) {
            double weight = Math.max(EARLY / (t + EARLY), 1 / MEMORY);
            set(MORE, get(MORE) + weight * (Math.max(-noise, Math.min(more, noise)) - get(MORE)));
        }
    }

    /** What is noise of what is taken for it, as a share. */
    double share(double noise) {
        return size == 0 ? 1 : Math.max(LEAST_SHARE, 1 - Math.max(0, get(MORE)) / noise);
    }

    /**
     * Follows a change of the target's unit: standardised values are multiplied by {@code factor}. The prior is that of the
     * new unit. Small changes, which most events bring, wait for the next step that is followed.
     */
    void rescale(double factor) {
        if (size > 0) {
            set(MORE, factor * factor * get(MORE));
            if (Math.abs(factor - 1) > SMALL) {
                set(PRECISION, get(PRECISION) / (factor * factor));
                covariance = null;
            }
        }
    }

    /**
     * Takes the events of a step.
     *
     * @param a activations below the last layer, [n × fan-in]
     * @param weight of each event; 1 together, less what far events have lost
     * @param events N, but for those inherited
     * @param noise s²: what is left of the noise
     */
    void learn(long step, int n, float[] a, float[] weight, double events, double noise) {
        float[] rows = new float[n * size];
        float[] weighted = new float[n * size];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a, i * (size - 1), rows, i * size, size - 1);
            rows[i * size + size - 1] = 1;
            for (int j = i * size; j < (i + 1) * size; j++) {
                weighted[j] = weight[i] * rows[j];
            }
        }
        float[] moments = new float[size * size];
        Gemm.tn(size, size, n, weighted, rows, 0, moments);
        for (float moment : moments) {
            if (!(Math.abs(moment) <= LARGEST)) {
                return;
            }
        }
        double share = Math.max(LAG / (step - 1 + LAG), 1 / HORIZON);
        float rate = (float) Math.min(1, period(step) * share);
        for (int i = 0, at = 0; i < size; i++) {
            for (int j = 0; j <= i; j++, at++) {
                stored[at] += rate * (moments[i * size + j] - stored[at]);
            }
        }
        set(PRECISION, (get(INHERITED) + events) / noise);
        covariance = null;
    }

    /** The covariance; none where weights are independent. */
    OutputCovariance covariance() {
        if (size == 0) {
            return OutputCovariance.NONE;
        }
        if (covariance == null) {
            covariance = new OutputCovariance(size, inverse(factorised()));
        }
        return covariance;
    }

    /** L of the precision L·Lᵀ. */
    private double[] factorised() {
        double[] l = new double[size * size];
        boolean[] alone = new boolean[size];
        for (int i = 0, at = 0; i < size; i++) {
            for (int j = 0; j < i; j++, at++) {
                l[i * size + j] = alone[j] ? 0 : rest(l, i, j, get(PRECISION) * stored[at]) / l[j * size + j];
            }
            double prior = i < size - 1 ? get(PRIOR) : 1;
            double pivot = rest(l, i, i, get(PRECISION) * stored[at++] * (1 + ROUNDING) + prior);
            alone[i] = pivot < prior;
            if (alone[i]) {
                Arrays.fill(l, i * size, i * size + i, 0);
            }
            l[i * size + i] = Math.sqrt(Math.max(prior, pivot));
        }
        return l;
    }

    private double rest(double[] l, int i, int j, double element) {
        double sum = element;
        for (int k = 0; k < j; k++) {
            sum -= l[i * size + k] * l[j * size + k];
        }
        return sum;
    }

    /** U = L⁻¹: the covariance is UᵀU. */
    private float[] inverse(double[] l) {
        double[] u = new double[size * size];
        float[] out = new float[size * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                double factor = l[i * size + k];
                for (int j = 0; j <= k; j++) {
                    u[i * size + j] -= factor * u[k * size + j];
                }
            }
            u[i * size + i] = 1;
            for (int j = 0; j <= i; j++) {
                u[i * size + j] /= l[i * size + i];
                out[i * size + j] = (float) u[i * size + j];
            }
        }
        return out;
    }
}
