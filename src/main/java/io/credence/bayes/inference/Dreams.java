package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.LocalPass;
import io.credence.bayes.predict.Moments;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as a model believes them to be, which stand for those that it has learned from and that are not there to be
 * replayed.
 *
 * <p>Without them a model that was taken over forgets whatever its new events do not show: the posterior alone, a
 * Gaussian without covariances, is too weak a prior to hold the function (pseudo-rehearsal; Robins 1995).
 */
final class Dreams {
    /*
     * Features are drawn one by one (FeatureDraws), the label from the mean network and its noise. Where the noise is the same
     * everywhere the label is the mean itself: the expected gradient is that of a drawn label, without its variance.
     */
    private static final int MOST_NUMBERS = 1 << 22;
    private static final int FEWEST = 2 * RunningMoments.SETTLED;
    private static final int SAMPLES = 2;

    private final Belief belief;
    private final CounterRandom random;
    private final FeatureDraws features;
    private final LocalPass pass;
    private final float[] still;

    private Dreams(Belief belief) {
        ModelSpec spec = belief.shape().spec();
        this.belief = belief;
        this.random = CounterRandom.of(
                spec.seed(),
                CounterRandom.hash(belief.modelKey()),
                belief.version().step(),
                Purpose.DREAM);
        this.features = new FeatureDraws(
                spec.features().placed(),
                belief.standardisation().columns().moments(),
                belief.shape().layout().inputs());
        this.pass = new LocalPass(belief.shape().layout(), spec.network().activation(), SAMPLES);
        this.still = new float[belief.shape().layout().size()];
    }

    /**
     * Events of a belief, the same for the same belief: as many as it stands for, or as there is room for; none if it
     * knows next to nothing.
     */
    static List<Observation> of(Belief belief, int room) {
        double known = belief.champion().memory();
        int inputs = Math.max(1, belief.shape().layout().inputs());
        int count = known < FEWEST ? 0 : (int) Math.min(known, Math.min(room, MOST_NUMBERS / inputs));
        if (count == 0) {
            return List.of();
        }
        Dreams dreams = new Dreams(belief);
        List<Observation> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(dreams.next());
        }
        return events;
    }

    private Observation next() {
        double[] values = features.draw(random);
        FeatureVector features = new FeatureVector(values);
        float[] x = new float[values.length];
        belief.standardisation().columns().apply(features, x, 0);
        return new Observation(belief.modelKey(), "", 0, features, label(x));
    }

    private double label(float[] x) {
        Likelihood likelihood = belief.champion().likelihood(belief.standardisation());
        float[] f = pass.samples(SAMPLES, x, belief.champion().posterior().mu(), still, random);
        Moments said = Moments.of(likelihood, f, 0, likelihood.outputs(), SAMPLES);
        if (belief.shape().calibrated()) {
            double noise =
                    likelihood instanceof Likelihood.Gaussian ? 0 : Math.sqrt(said.aleatoric()) * random.gaussian();
            double y = said.mean() + noise;
            Standardisation units = belief.standardisation();
            return belief.shape().counts() ? Math.max(0, Math.rint(y)) : units.targetMean() + units.targetScale() * y;
        }
        double u = random.uniform();
        double[] p = said.probabilities();
        int k = 0;
        for (double below = p[0]; k < p.length - 1 && u > below; below += p[k]) {
            k++;
        }
        return k;
    }
}
