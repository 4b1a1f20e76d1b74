package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.network.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link ModelSpec} that is being built. */
final class SpecDraft {
    @Nullable
    List<FeatureSpec> features;

    @Nullable
    Task task;

    List<String> classes = List.of();
    double labelMin = Double.NEGATIVE_INFINITY;
    double labelMax = Double.POSITIVE_INFINITY;
    List<Integer> hidden;

    @Nullable
    LikelihoodKind likelihood;

    long seed;
    UnseenCategory unseen;
    Activation activation;
    double priorScale;
    boolean priorFitted;
    int batchSize;
    long batchLingerMs;
    int innerSteps;
    int earlyInnerSteps;
    long earlyEvents;
    int replayEvents;
    int replayCapacity;
    ReplayWeighting replayWeighting;
    EstimatorKind estimator;
    int gradientSamples;
    NPolicy nPolicy;
    long nEvents;
    double klWeight;
    long klFullEvents;
    double tolerance;
    RuleKind rule;
    double muRate;
    double rhoRate;
    double rateHorizon;
    double initialScale;
    double averageHorizon;
    int rivalEvents;
    double rivalEvidence;
    boolean drift;
    int labelDelay;
    int samples;
    double interval;
    List<Double> levels;
    long warmupEvents;
    double flagShare;
    double alarmShare;

    SpecDraft() {
        // A network has a likelihood, but this draft waits for its task to choose one.
        this(
                UnseenCategory.ZERO,
                NetworkSpec.defaults(Task.REGRESSION),
                LearningSpec.defaults(),
                PredictiveSpec.defaults());
        seed = ModelSpec.DEFAULT_SEED;
    }

    SpecDraft(ModelSpec spec) {
        this(spec.features().unseen(), spec.network(), spec.learning(), spec.predictive());
        features = spec.features().specs();
        task = spec.label().task();
        classes = spec.label().classes();
        labelMin = spec.label().min();
        labelMax = spec.label().max();
        likelihood = spec.network().likelihood();
        seed = spec.seed();
    }

    private SpecDraft(UnseenCategory unseen, NetworkSpec network, LearningSpec learning, PredictiveSpec predictive) {
        this.unseen = unseen;
        hidden = network.hidden();
        activation = network.activation();
        priorScale = network.priorScale();
        priorFitted = network.priorFitted();
        batchSize = learning.batch().size();
        batchLingerMs = learning.batch().lingerMs();
        innerSteps = learning.batch().innerSteps();
        earlyInnerSteps = learning.batch().earlyInnerSteps();
        earlyEvents = learning.batch().earlyEvents();
        replayEvents = learning.replay().events();
        replayCapacity = learning.replay().capacity();
        replayWeighting = learning.replay().weighting();
        estimator = learning.elbo().estimator();
        gradientSamples = learning.elbo().samples();
        nPolicy = learning.elbo().nPolicy();
        nEvents = learning.elbo().nValue();
        klWeight = learning.elbo().klWeight();
        klFullEvents = learning.elbo().klFullEvents();
        tolerance = learning.elbo().tolerance();
        rule = learning.optimiser().rule();
        muRate = learning.optimiser().muRate();
        rhoRate = learning.optimiser().rhoRate();
        rateHorizon = learning.optimiser().rateHorizon();
        initialScale = learning.optimiser().initialScale();
        averageHorizon = learning.optimiser().averageHorizon();
        rivalEvents = learning.rival().events();
        rivalEvidence = learning.rival().evidence();
        drift = learning.drift();
        labelDelay = learning.labelDelay();
        samples = predictive.samples();
        interval = predictive.interval();
        levels = predictive.levels();
        warmupEvents = predictive.warmupEvents();
        flagShare = predictive.flagShare();
        alarmShare = predictive.alarmShare();
    }

    /** @throws IllegalArgumentException if features or task are not set, or settings do not fit */
    ModelSpec build() {
        if (features == null || task == null) {
            throw new IllegalArgumentException((features == null ? "features" : "task") + " must be set");
        }
        LikelihoodKind usual = NetworkSpec.likelihoodOf(task);
        LikelihoodKind kind = likelihood == null ? usual : likelihood;
        if (kind != usual && !(task == Task.REGRESSION && kind == LikelihoodKind.HETEROSCEDASTIC)) {
            throw Settings.refused("likelihood", kind, "one that fits the task " + task);
        }
        return new ModelSpec(
                new FeatureEncoder(features, unseen),
                new LabelEncoder(task, classes, labelMin, labelMax),
                new NetworkSpec(hidden, activation, kind, priorScale, priorFitted),
                new LearningSpec(
                        new LearningSpec.Batch(batchSize, batchLingerMs, innerSteps, earlyInnerSteps, earlyEvents),
                        new LearningSpec.Replay(replayEvents, replayCapacity, replayWeighting),
                        new LearningSpec.Elbo(
                                estimator, gradientSamples, nPolicy, nEvents, klWeight, klFullEvents, tolerance),
                        new LearningSpec.Optimiser(rule, muRate, rhoRate, rateHorizon, initialScale, averageHorizon),
                        new LearningSpec.Rival(rivalEvents, rivalEvidence),
                        drift,
                        labelDelay),
                new PredictiveSpec(samples, interval, levels, warmupEvents, flagShare, alarmShare),
                seed);
    }
}
