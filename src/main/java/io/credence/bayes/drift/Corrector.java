package io.credence.bayes.drift;

import io.credence.bayes.linalg.Elementary;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/** A bank of dynamic models over one output of a network, weighted by how well each has predicted lately. */
final class Corrector {
    /*
     * Weights: fixed share (Herbster &amp; Warmuth 1998): w ← (1 − α)·w·likelihood/Σ + α·prior, half of the prior on the
     * network, so that a stationary stream pays almost nothing.
     * Labels that come d events late: the bank learns each label as it comes, from what was known of the last labels when
     * the event was asked about, d labels before. A second bank, which is d labels behind, is what had answered then:
     * what it says of the label decides the weights, and how wide predictions are. Cost: as much again, twice.
     * The probability of a class is recalibrated at last. An event that comes even later sees the lagged terms decayed by age, and the weight of moving hypotheses goes to
     * the stationary ones.
     */
    private static final double SHARE = 0.001;
    private static final double TINY = 1e-12;
    private static final int UNIT = 2;
    private static final double NEGLIGIBLE = 1e-3;

    private final boolean binary;
    private final boolean levels;
    private final int delay;
    private final Bank bank;
    private final Bank late;
    private final Waiting waiting;
    private final double[] prior;
    private final double[] weights;
    private final double[] used;
    private final Regressors regressors;
    private final Recalibration trust = new Recalibration();
    private final Waiting.Known first;
    private Recent recent = Recent.NOTHING;
    private Waiting.Known known;
    private double factor = 1;
    private double shift;
    private double mixed = 0.5;

    /**
     * What the bank makes of an output.
     *
     * @param mean of the label, or its probability
     * @param epistemic variance that the bank adds
     * @param aleatoric variance of the noise of a real target
     * @param earned as {@link Bank#earned} says
     */
    record Corrected(double mean, double epistemic, double aleatoric, double earned) {}

    /**
     * @param columns of the features that are taken singly
     * @param levels whether labels are numbers whose level may walk
     * @param delay events between a question and its label
     */
    Corrector(int columns, boolean binary, boolean levels, int delay) {
        this.binary = binary;
        this.levels = levels;
        this.delay = delay;
        this.regressors = new Regressors(columns, binary);
        this.bank = new Bank(regressors, binary);
        this.late = delay == 0 ? bank : new Bank(regressors, binary);
        this.waiting = new Waiting(delay, columns, binary);
        int network = Bank.alone(binary);
        this.prior = new double[Bank.models(binary)];
        Arrays.fill(prior, (1 - Bank.NETWORK) / (prior.length - network));
        Arrays.fill(prior, 0, network, Bank.NETWORK / network);
        this.weights = prior.clone();
        this.used = prior.clone();
        this.first = new Waiting.Known(Recent.Last.NOTHING, 1, prior, trust.coefficients());
        this.known = first;
    }

    static int length(int columns, boolean binary, int delay) {
        int bank = Bank.length(columns, binary);
        int trust = binary ? Recalibration.length() : 0;
        int behind = delay == 0 ? 0 : bank + Waiting.length(delay, columns, binary);
        return Bank.models(binary) + Recent.SIZE + UNIT + bank + trust + behind;
    }

    void store(DoubleBuffer out) {
        out.put(weights);
        recent.store(out);
        out.put(factor).put(shift);
        bank.store(out);
        if (binary) {
            trust.store(out);
        }
        if (delay > 0) {
            late.store(out);
            waiting.store(out);
        }
    }

    /** Takes the stored form of a corrector for any delay; with another than its own, all that waited counts as learned. */
    void load(DoubleBuffer in, int storedDelay, int columns) {
        in.get(weights);
        recent = Recent.load(in);
        factor = in.get();
        shift = in.get();
        int start = in.position();
        bank.load(in);
        if (binary) {
            trust.load(in);
        }
        if (storedDelay > 0 && storedDelay == delay) {
            late.load(in);
            waiting.load(in);
        } else if (delay > 0) {
            in.position(start);
            late.load(in);
        }
        in.position(start + length(columns, binary, storedDelay) - (Bank.models(binary) + Recent.SIZE + UNIT));
    }

    void rescale(double newFactor, double newShift) {
        factor *= newFactor;
        shift = newFactor * shift + newShift;
        if (recent.reach() * Math.abs(factor - 1) > NEGLIGIBLE || Math.abs(shift) > NEGLIGIBLE) {
            bank.rescale(factor, shift);
            if (delay > 0) {
                late.rescale(factor, shift);
                waiting.rescale(factor, shift);
            }
            recent = recent.rescaled(factor);
            factor = 1;
            shift = 0;
        }
    }

    /** How wrong predictions were of late: the factor of the variances of what was said last. */
    double calibration() {
        return known.calibration();
    }

    /** Of the event whose label comes next: what was said when it was asked about. */
    Corrected next(Said network, float[] x) {
        known = waiting.known(now(), first);
        regressors.fill(x, network.output(), known.last(), 1, 0);
        return predict(late, network, 0);
    }

    /** Of an event of that time, which may be asked about later than the next one. */
    Corrected at(Said network, float[] x, long eventTime) {
        return predict(network, x, Math.max(0, recent.age(eventTime) - delay));
    }

    /** Of an event that is unrelated in time to what was learned. */
    Corrected anytime(Said network, float[] x) {
        return predict(network, x, Double.POSITIVE_INFINITY);
    }

    private Corrected predict(Said network, float[] x, double age) {
        double keep = Double.isInfinite(age) ? 0 : Math.pow(recent.autocorrelation(), age);
        known = now();
        regressors.fill(x, network.output(), known.last(), keep, age);
        return predict(bank, network, age);
    }

    private Waiting.Known now() {
        return new Waiting.Known(recent.last(), recent.calibration(), weights, trust.coefficients());
    }

    private Corrected predict(Bank from, Said network, double age) {
        weigh(age);
        from.predict(regressors, network);
        return binary ? mixBinary(from) : mixReal(from, network);
    }

    private void weigh(double age) {
        double keep = Double.isInfinite(age) ? 0 : Math.pow(1 - SHARE, age);
        double stationary = TINY;
        for (int k = 0; k < used.length; k++) {
            stationary += bank.models.get(k).walk == 0 ? known.weights()[k] : 0;
        }
        double sum = 0;
        for (int k = 0; k < used.length; k++) {
            double moved = bank.models.get(k).walk == 0 ? (1 - keep) * known.weights()[k] / stationary : 0;
            used[k] = keep * known.weights()[k] + moved;
            sum += used[k];
        }
        for (int k = 0; k < used.length; k++) {
            used[k] /= sum;
        }
    }

    private Corrected mixReal(Bank from, Said network) {
        double mean = 0;
        double aleatoric = 0;
        double square = 0;
        double spread = 0;
        for (int k = 0; k < used.length; k++) {
            DynamicModel model = from.models.get(k);
            double moved = model.location - network.output();
            mean += used[k] * moved;
            square += used[k] * moved * moved;
            spread += used[k] * model.spread;
            aleatoric += used[k] * model.noise;
        }
        double between = Math.max(0, square - mean * mean);
        return new Corrected(network.output() + mean, spread + between, aleatoric, Bank.earned(used));
    }

    private Corrected mixBinary(Bank from) {
        double p = 0;
        for (int k = 0; k < used.length; k++) {
            p += used[k] * from.models.get(k).probability;
        }
        double between = 0;
        for (int k = 0; k < used.length; k++) {
            DynamicModel model = from.models.get(k);
            double slope = model.probability * (1 - model.probability);
            between += used[k] * (Math.pow(model.probability - p, 2) + slope * slope * model.spread);
        }
        mixed = p;
        return new Corrected(Recalibration.apply(known.trust(), p), between, 0, 0);
    }

    /**
     * Learns the label of the event that {@link #next} was last called for.
     *
     * @param z its error in deviations before calibration; 1 for a class
     */
    void learn(Said network, double y, double z, long eventTime) {
        Waiting.Known before = delay == 0
                ? first
                : new Waiting.Known(recent.last(), recent.calibration(), weights.clone(), trust.coefficients());
        boolean wrong = recent.lone(z);
        if (wrong) {
            regressors.clear();
        } else {
            reweigh(network, y);
        }
        if (binary) {
            trust.learn(mixed, y);
        }
        if (delay > 0 || wrong) {
            bank.predict(regressors, network);
        }
        bank.learn(regressors, network, y);
        if (delay > 0) {
            Waiting.Entry due = waiting.next(new Waiting.Entry(regressors.copy(), network, y, before));
            if (due != null) {
                late.predict(due.regressors(), due.network());
                late.learn(due.regressors(), due.network(), due.y());
            }
        }
        double residual =
                binary ? y - Elementary.sigmoid(network.output()) : recent.bounded(y - network.output(), levels);
        recent = recent.next(residual, binary ? 2 * y - 1 : 0, z, eventTime, levels);
    }

    private void reweigh(Said network, double y) {
        double[] log = new double[weights.length];
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < log.length; k++) {
            log[k] = Math.log(weights[k]) + late.logLikelihood(k, network, y);
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

    /**
     * Of a real target: the part of the last prediction that came from the intercepts and the last error. Of a random walk the
     * newest level is taken, also where labels come late: of it the right coefficients are the same at any distance.
     */
    double level() {
        double walking = walking();
        Recent.Last now = recent.last();
        double base = (1 - walking) * regressors.base + walking * now.base();
        double residual = (1 - walking) * regressors.mean[2] + walking * (now.residual() - now.base());
        return bank.level(levelShare(), used, base, residual);
    }

    /** Whether the level walks, from 0 to 1: whether what the network leaves is nearly the same from event to event. */
    double levelShare() {
        return levels ? recent.slow() : 0;
    }

    /** Whether the level is a random walk, from 0 to 1; never more than {@link #levelShare}. */
    double walking() {
        return levels ? recent.walking() : 0;
    }

    /** Posterior probability that something drifts: the weight of the models whose coefficients walk. */
    double driftProbability() {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += bank.models.get(k).walk > 0 ? weights[k] : 0;
        }
        return sum;
    }
}
