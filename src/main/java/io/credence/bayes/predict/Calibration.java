package io.credence.bayes.predict;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What standardised errors have been like: heavy tails where they have them, and how far each end of an interval has to
 * move so that it covers what it says. A value; for real targets.
 *
 * <p>Errors are z = (y − mean)/deviation, of predictions that were made before the label was known.
 */
public final class Calibration {
    /*
     * Density: Σ wₖ t(z/eˢ; νₖ)/eˢ over ν = 2, 4, 8, 16, 64, each with its own log-scale s by stochastic maximum
     * likelihood, ds = η(((ν + 1)u²/(ν + u²)) − 1), and weights by fixed share (Herbster &amp; Warmuth 1998), so that tails
     * are heavy until they are known to be light.
     * Ends: each is its quantile × eᶿ, with θ ← θ + η(1{missed} − α): the long-run share of misses is α whatever the
     * stream does, as θ is bounded (Gibbs &amp; Candès 2021; Angelopoulos et al. 2023, quantile tracking). Below and above
     * are told apart. Where labels are late the rate is smaller, or misses add up that the ends no longer had. Other levels lie between those that are kept, in the normal quantile.
     * Quantiles take two steps of Newton for the logarithm of the tail with each error, from where they were.
     * Where some labels are wrong, which has to be told from heavy tails, all this is of right ones: an error counts by
     * the probability that it is one, and the density has a part for the others.
     */
    private static final int[] FREEDOM = {2, 4, 8, 16, 64};
    private static final double[] PRIOR = {0.1, 0.15, 0.2, 0.25, 0.3};
    private static final double[] TAILS = {0.25, 0.1, 0.05, 0.025, 0.005, 0.0005};
    private static final double[] RATES = {0.02, 0.03, 0.05, 0.05, 0.05, 0.05};
    private static final double[] NORMAL =
            Arrays.stream(TAILS).map(a -> Quantiles.normal(1 - a)).toArray();
    private static final StudentT[] T =
            Arrays.stream(FREEDOM).mapToObj(StudentT::new).toArray(StudentT[]::new);
    private static final double SHARE = 0.001;
    private static final double SCALE_RATE = 0.002;
    private static final double EARLY = 10;
    private static final double SCALE_LIMIT = 3;
    private static final double END_LIMIT = 1.5;
    private static final double SLOWER = 50;
    private static final double FARTHEST = 1e6;
    private static final int NEWTON_STEPS = 2;
    private static final int FIRST_STEPS = 60;
    private static final int K = FREEDOM.length;
    private static final int LEVELS = TAILS.length;

    /** How many numbers are stored. */
    public static final int LENGTH = 1 + 2 * K + 3 * LEVELS + GrossErrors.LENGTH;

    /** What is believed before any error. */
    public static final Calibration NONE = new Calibration();

    private final double count;
    private final double[] weight;
    private final double[] scale;
    private final double[] quantile;
    private final double[] below;
    private final double[] above;
    private final GrossErrors gross;

    private Calibration() {
        this(0, PRIOR.clone(), new double[K], NORMAL.clone(), new double[LEVELS], new double[LEVELS], GrossErrors.NONE);
        refine(FIRST_STEPS);
    }

    private Calibration(
            double count,
            double[] weight,
            double[] scale,
            double[] quantile,
            double[] below,
            double[] above,
            GrossErrors gross) {
        this.count = count;
        this.weight = weight;
        this.scale = scale;
        this.quantile = quantile;
        this.below = below;
        this.above = above;
        this.gross = gross;
    }

    /** A calibration from its stored form. */
    public static Calibration of(double[] stored) {
        DoubleBuffer in = DoubleBuffer.wrap(stored);
        return new Calibration(
                in.get(),
                part(in, K),
                part(in, K),
                part(in, LEVELS),
                part(in, LEVELS),
                part(in, LEVELS),
                GrossErrors.load(in));
    }

    private static double[] part(DoubleBuffer in, int length) {
        double[] part = new double[length];
        in.get(part);
        return part;
    }

    /**
     * The stored form: errors seen; weight and log-scale of each component; then for each tail probability the quantile,
     * and the logarithms of what the lower and the upper end are multiplied by; then {@link GrossErrors}.
     */
    public double[] toArray() {
        DoubleBuffer out = DoubleBuffer.allocate(LENGTH);
        out.put(count).put(weight).put(scale).put(quantile).put(below).put(above);
        gross.store(out);
        return out.array();
    }

    /** Errors seen. */
    public double count() {
        return count;
    }

    /**
     * What is believed after one more error.
     *
     * @param asked what was believed when its prediction was made
     */
    public Calibration next(double z, Calibration asked) {
        double slower = 1 + (count - asked.count) / SLOWER;
        double met = Math.max(-FARTHEST, Math.min(FARTHEST, z));
        double rate = Math.max(SCALE_RATE, 1 / (count + EARLY));
        double right = gross.right(met);
        Calibration next = new Calibration(
                count + 1,
                weight.clone(),
                scale.clone(),
                quantile.clone(),
                below.clone(),
                above.clone(),
                gross.next(met, rate));
        for (int i = 0; i < LEVELS; i++) {
            double step = RATES[i] * right / slower;
            next.below[i] = moved(below[i], -met > asked.quantile[i] * Math.exp(asked.below[i]), i, step);
            next.above[i] = moved(above[i], met > asked.quantile[i] * Math.exp(asked.above[i]), i, step);
        }
        double sum = 0;
        for (int k = 0; k < K; k++) {
            next.weight[k] *= Math.pow(T[k].density(met, scale[k]), right);
            sum += next.weight[k];
            double pull = right * T[k].pull(met, scale[k]);
            next.scale[k] = Math.max(-SCALE_LIMIT, Math.min(SCALE_LIMIT, scale[k] + rate * pull));
        }
        for (int k = 0; k < K; k++) {
            next.weight[k] =
                    (sum > 0 ? (1 - SHARE) * next.weight[k] / sum : (1 - SHARE) * weight[k]) + SHARE * PRIOR[k];
        }
        next.refine(NEWTON_STEPS);
        return next;
    }

    private static double moved(double theta, boolean missed, int level, double step) {
        double to = theta + step * ((missed ? 1 : 0) - TAILS[level]);
        return Math.max(-END_LIMIT, Math.min(END_LIMIT, to));
    }

    private void refine(int steps) {
        for (int i = 0; i < LEVELS; i++) {
            double q = quantile[i];
            for (int n = 0; n < steps; n++) {
                double tail = tail(q);
                double step = Math.log(tail / TAILS[i]) * tail / density(q);
                q += Math.max(-q / 2, Math.min(q, step));
            }
            quantile[i] = q;
        }
    }

    /** Log-density of a standardised error. */
    double logDensity(double z) {
        double wrong = gross.leftOut();
        return Math.log(Math.max(Double.MIN_NORMAL, (1 - wrong) * density(z) + wrong * gross.density(z)));
    }

    /** Probability of a smaller standardised error. */
    double cumulative(double z) {
        double wrong = gross.leftOut();
        double beyond = (1 - wrong) * tail(Math.abs(z)) + wrong * gross.tail(Math.abs(z));
        return z < 0 ? beyond : 1 - beyond;
    }

    /** Probability of a standardised error between two. */
    double probability(double low, double high) {
        double wrong = gross.leftOut();
        return high < 0
                ? (1 - wrong) * (tail(-high) - tail(-low)) + wrong * (gross.tail(-high) - gross.tail(-low))
                : (1 - wrong) * (tail(low) - tail(high)) + wrong * (gross.tail(low) - gross.tail(high));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calibration that && Arrays.equals(toArray(), that.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    private double density(double z) {
        double sum = 0;
        for (int k = 0; k < K; k++) {
            sum += weight[k] * T[k].density(z, scale[k]);
        }
        return sum;
    }

    /** Probability of an error beyond z ≥ 0. */
    private double tail(double z) {
        double sum = 0;
        for (int k = 0; k < K; k++) {
            sum += weight[k] * T[k].tail(z * Math.exp(-scale[k]));
        }
        return sum;
    }

    /**
     * The central intervals of an error, in deviations, nested.
     *
     * @param levels within 0 … 1, rising
     */
    List<Interval> intervals(List<Double> levels) {
        List<Interval> intervals = new ArrayList<>(levels.size());
        double lower = 0;
        double upper = 0;
        for (double level : levels) {
            double at = Quantiles.normal(0.5 + level / 2);
            int i = 0;
            while (i < LEVELS - 2 && NORMAL[i + 1] <= at) {
                i++;
            }
            double share = (at - NORMAL[i]) / (NORMAL[i + 1] - NORMAL[i]);
            double raw = Math.max(0, between(quantile, i, share));
            double held = Math.max(0, Math.min(1, share));
            lower = Math.max(lower, raw * Math.exp(between(below, i, held)));
            upper = Math.max(upper, raw * Math.exp(between(above, i, held)));
            intervals.add(new Interval(level, -lower, upper, -raw, raw));
        }
        return intervals;
    }

    private static double between(double[] values, int i, double share) {
        return values[i] + share * (values[i + 1] - values[i]);
    }
}
