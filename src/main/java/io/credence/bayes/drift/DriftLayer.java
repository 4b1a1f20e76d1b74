package io.credence.bayes.drift;

import io.credence.bayes.predict.Moments;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgetting chosen by the data: a bank of dynamic models on top of the network, from "nothing drifts" to "everything
 * does", weighted by how well each has predicted lately.
 *
 * <p>For real targets, in standardised units, for counts, in their deviations, and for classes, on the logit scale; with
 * more than two classes a bank for each class against all others. Deterministic, no random numbers.
 */
public final class DriftLayer {
    /*
     * Real targets: the prediction is the mixture of the bank, moment-matched; variances are scaled by the mean squared
     * standardised error of late. What network and bank have to learn is much the same, since both are made of the same
     * features: the larger is told. Where what the network leaves is nearly the same from event to event, the level of the
     * labels walks, and the network is to learn without it (Cochrane &amp; Orcutt 1949): level().
     * Counts: on a scale on which their errors are alike (CountScale). Log-rates are regressors as they are standardised, whose
     * unit hardly moves once some hundred counts are known.
     * Several classes: each bank corrects the probability of its class, and all are divided by their sum; for two, what
     * the bank of one says is 1 less what that of the other says, so that it is the same as a single bank.
     * Cost: eight products of a matrix of at most 64² for each event, and no more for several classes, whose banks fold
     * the features into fewer sums.
     */
    private final Form form;
    private final List<Corrector> correctors = new ArrayList<>();

    /**
     * What a layer is made for.
     *
     * @param columns features
     * @param count whether the target is a count
     * @param classes 0 for a number, 2 for two classes with one output, else the number of outputs
     * @param single whether one output decides between two classes
     * @param delay events between a question and its label
     */
    public record Form(int columns, boolean count, int classes, boolean single, int delay) {
        private static final int WIDEST = 60;
        private static final int NARROWEST = 8;
        private static final int TAIL = 1;

        /** Of a real target. */
        public static Form real(int columns, int delay) {
            return new Form(columns, false, 0, true, delay);
        }

        /** Of counts. */
        public static Form counts(int columns, int delay) {
            return new Form(columns, true, 0, true, delay);
        }

        /** Of two classes with one output. */
        public static Form binary(int columns, int delay) {
            return new Form(columns, false, 2, true, delay);
        }

        /** Of classes with an output each. */
        public static Form classes(int columns, int classes, int delay) {
            return new Form(columns, false, classes, false, delay);
        }

        int outputs() {
            return single ? 1 : classes;
        }

        /** The features that are taken singly; more are folded into as many sums. */
        int taken() {
            return Math.min(columns, Math.max(NARROWEST, (int) (WIDEST / Math.sqrt(outputs()))));
        }

        /** The length of the stored form. */
        public int length() {
            return outputs() * Corrector.length(taken(), classes > 0, delay) + TAIL;
        }

        /** The same layer for the delay of a stored form, which may be another. */
        public Form storedAs(double[] stored) {
            return new Form(columns, count, classes, single, stored.length == 0 ? 0 : (int) stored[stored.length - 1]);
        }
    }

    /** A layer that knows nothing yet. */
    public DriftLayer(Form form) {
        this.form = form;
        for (int k = 0; k < form.outputs(); k++) {
            correctors.add(new Corrector(
                    form.taken(), form.classes() > 0, !form.count() && form.classes() == 0, form.delay()));
        }
    }

    /** A layer from its stored form, which may have been made for another delay. */
    public static DriftLayer of(Form form, double[] stored) {
        DriftLayer layer = new DriftLayer(form);
        DoubleBuffer in = DoubleBuffer.wrap(stored);
        int delay = form.storedAs(stored).delay();
        layer.correctors.forEach(c -> c.load(in, delay, form.taken()));
        return layer;
    }

    /**
     * The stored form: for each output the weights of its models, what just happened ({@link Recent}), factor and shift
     * from the unit of the models to that of the labels, and each model; with a delay then each model as it was so many
     * labels ago, and the events since ({@link Waiting}). The delay is the last number.
     */
    public double[] toArray() {
        DoubleBuffer out = DoubleBuffer.allocate(form.length());
        correctors.forEach(c -> c.store(out));
        out.put(form.delay());
        return out.array();
    }

    /**
     * Follows a change of the target's unit, in which standardised values y become {@code factor}·y + {@code shift}.
     * Small changes wait until they add up.
     */
    public void rescale(double factor, double shift) {
        if (!form.count()) {
            correctors.forEach(c -> c.rescale(factor, shift));
        }
    }

    /** The corrected moments of the event whose label comes next, as they were when it was asked about. */
    public Moments next(Moments network, float[] x) {
        return corrected(network, (corrector, said) -> corrector.next(said, x));
    }

    /** The corrected moments of an event of that time, which may be some labels ahead of what was learned. */
    public Moments at(Moments network, float[] x, long eventTime) {
        return corrected(network, (corrector, said) -> corrector.at(said, x, eventTime));
    }

    /** The corrected moments of an event that is unrelated in time to what was learned. */
    public Moments anytime(Moments network, float[] x) {
        return corrected(network, (corrector, said) -> corrector.anytime(said, x));
    }

    private interface Way {
        Corrector.Corrected of(Corrector corrector, Said network);
    }

    private Moments corrected(Moments network, Way way) {
        if (!form.single()) {
            return severalClasses(network, way);
        }
        Corrector corrector = correctors.get(0);
        if (form.count()) {
            CountScale scale = CountScale.of(network);
            return scaled(network, scale.counts(way.of(corrector, scale.said(network))));
        }
        Corrector.Corrected c = way.of(corrector, Said.of(network));
        if (form.classes() > 0) {
            double most = c.mean() * (1 - c.mean());
            return network.withProbability(c.mean(), Math.min(most, network.epistemic() + c.epistemic()));
        }
        return scaled(network, c);
    }

    private Moments scaled(Moments network, Corrector.Corrected c) {
        double calibration = correctors.get(0).calibration();
        Moments corrected = network.withNumber(
                c.mean(), calibration * (network.epistemic() + c.epistemic()), calibration * c.aleatoric());
        Moments.Told told = network.told();
        return told == null
                ? corrected
                : corrected.telling(new Moments.Told(
                        calibration * Math.max(told.epistemic(), c.earned() * c.epistemic()), told.noise()));
    }

    private Moments severalClasses(Moments network, Way way) {
        double[] p = new double[form.classes()];
        double sum = 0;
        double epistemic = network.epistemic();
        for (int k = 0; k < p.length; k++) {
            Corrector.Corrected c = way.of(correctors.get(k), Said.of(network.probabilities()[k]));
            p[k] = c.mean();
            sum += c.mean();
            epistemic += c.epistemic();
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return network.withProbabilities(p, epistemic);
    }

    /**
     * Learns the label of the event that {@link #next} was last called for.
     *
     * @param network the network's moments of that event
     * @param corrected what {@link #next} returned
     * @param y the label: standardised, a count, 0/1, or the index of the class
     * @param eventTime of the event, milliseconds
     */
    public void learn(Moments network, Moments corrected, double y, long eventTime) {
        if (!form.single()) {
            for (int k = 0; k < correctors.size(); k++) {
                correctors.get(k).learn(Said.of(network.probabilities()[k]), y == k ? 1 : 0, 1, eventTime);
            }
            return;
        }
        Corrector corrector = correctors.get(0);
        double error = y - corrected.mean();
        double z = form.classes() > 0
                ? 1
                : error * Math.sqrt(corrector.calibration() / (corrected.epistemic() + corrected.aleatoric()));
        if (form.count()) {
            CountScale scale = CountScale.of(network);
            corrector.learn(scale.said(network), scale.of(y), z, eventTime);
        } else {
            corrector.learn(Said.of(network), y, z, eventTime);
        }
    }

    /**
     * How far the labels lie above the network's outputs of late, whatever the features: the part of the last {@link
     * #next} that came from the intercepts and the last error. In standardised units; 0 for counts and classes.
     */
    public double level() {
        return form.count() ? 0 : correctors.get(0).level();
    }

    /** Whether the level walks, from 0 to 1: whether what the network leaves is nearly the same from event to event. */
    public double levelShare() {
        return form.count() ? 0 : correctors.get(0).levelShare();
    }

    /** Whether the level is a random walk, from 0 to 1; never more than {@link #levelShare}. */
    public double walking() {
        return form.count() ? 0 : correctors.get(0).walking();
    }

    /** Posterior probability that something drifts: the weight of the models whose coefficients walk. */
    double driftProbability() {
        return correctors.get(0).driftProbability();
    }

    /**
     * Counts as the bank takes them: the network's standardised log-rate and, added to it, how many deviations a count lies
     * above its rate (its Pearson residual), so that errors are alike whatever the rate.
     *
     * @param output the network's standardised log-rate
     * @param rate the network's mean count
     * @param unit the deviation of a count around it
     */
    private record CountScale(double output, double rate, double unit) {
        /* A corrected rate stays within MOST times of the network's, either way, so that none is negative. */
        private static final double MOST = 50;
        private static final double TINY = 1e-3;

        static CountScale of(Moments network) {
            return new CountScale(network.output(), network.mean(), Math.max(TINY, Math.sqrt(network.aleatoric())));
        }

        /** What the network says. */
        Said said(Moments network) {
            double square = unit * unit;
            return new Said(output, network.epistemic() / square, output, network.aleatoric() / square);
        }

        /** A count on this scale. */
        double of(double count) {
            return output + (count - rate) / unit;
        }

        /** What a bank makes of it, as counts. */
        Corrector.Corrected counts(Corrector.Corrected c) {
            double square = unit * unit;
            double mean = Math.max(rate / MOST, Math.min(MOST * rate, rate + unit * (c.mean() - output)));
            return new Corrector.Corrected(mean, square * c.epistemic(), square * c.aleatoric(), c.earned());
        }
    }
}
