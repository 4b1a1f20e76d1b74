package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.network.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a {@link ModelSpec}, one setting at a time; what is not set keeps its default.
 *
 * <p>{@link #build} throws {@link IllegalArgumentException} for a setting that no model can have, and names it.
 */
public final class ModelSpecBuilder {
    private final SpecDraft draft;

    ModelSpecBuilder(SpecDraft draft) {
        this.draft = draft;
    }

    /** The features, written as {@link FeatureSpec} says: {@code "temp, wind?, hour:cyclic(24)"}. */
    public ModelSpecBuilder features(String text) {
        return features(FeatureSpec.parseList(text));
    }

    /** The features, in the order of their columns. */
    public ModelSpecBuilder features(List<FeatureSpec> value) {
        draft.features = List.copyOf(value);
        return this;
    }

    /** What the label is; the likelihood that fits it is taken unless another is set. */
    public ModelSpecBuilder task(Task value) {
        draft.task = value;
        return this;
    }

    /** Names of the classes in index order, for the task {@link Task#MULTICLASS} and, if wanted, {@link Task#BINARY}. */
    public ModelSpecBuilder classes(String... names) {
        draft.classes = List.of(names);
        return this;
    }

    /** The least label of a regression, in its own unit: no mean and no end of an interval is below, and labels are refused. */
    public ModelSpecBuilder labelMin(double value) {
        draft.labelMin = value;
        return this;
    }

    /** The largest label of a regression. */
    public ModelSpecBuilder labelMax(double value) {
        draft.labelMax = value;
        return this;
    }

    /** Units of each hidden layer; none is a linear model. */
    public ModelSpecBuilder hidden(int... units) {
        draft.hidden = Arrays.stream(units).boxed().toList();
        return this;
    }

    /** Likelihood of the label given the network's output. */
    public ModelSpecBuilder likelihood(LikelihoodKind value) {
        draft.likelihood = value;
        return this;
    }

    /** Seed of all noise: the same seed and the same events give the same bytes. */
    public ModelSpecBuilder seed(long value) {
        draft.seed = value;
        return this;
    }

    /** What happens to a category that a one-hot feature does not list. */
    public ModelSpecBuilder unseen(UnseenCategory value) {
        draft.unseen = value;
        return this;
    }

    /** Activation of the hidden layers. */
    public ModelSpecBuilder activation(Activation value) {
        draft.activation = value;
        return this;
    }

    /** σ₀ of every weight before any event; 0 is a multiple of 1/√fan-in. */
    public ModelSpecBuilder priorScale(double value) {
        draft.priorScale = value;
        return this;
    }

    /** Whether each layer's σ₀ follows the posterior (empirical Bayes). */
    public ModelSpecBuilder priorFitted(boolean value) {
        draft.priorFitted = value;
        return this;
    }

    /** Fresh events in a minibatch, from 1. */
    public ModelSpecBuilder batchSize(int value) {
        draft.batchSize = value;
        return this;
    }

    /** Event time, milliseconds, after which an open minibatch closes; 0 is never. */
    public ModelSpecBuilder batchLingerMs(long value) {
        draft.batchLingerMs = value;
        return this;
    }

    /** Updates on each minibatch, from 1. */
    public ModelSpecBuilder innerSteps(int value) {
        draft.innerSteps = value;
        return this;
    }

    /** The same while fewer than {@link #earlyEvents} were seen. */
    public ModelSpecBuilder earlyInnerSteps(int value) {
        draft.earlyInnerSteps = value;
        return this;
    }

    /** Labelled events that count as early. */
    public ModelSpecBuilder earlyEvents(long value) {
        draft.earlyEvents = value;
        return this;
    }

    /** Past events that join each update; 0 is off. */
    public ModelSpecBuilder replayEvents(int value) {
        draft.replayEvents = value;
        return this;
    }

    /** Past events that are kept for replay; at least {@link #replayEvents}. */
    public ModelSpecBuilder replayCapacity(int value) {
        draft.replayCapacity = value;
        return this;
    }

    /** How replayed events count. */
    public ModelSpecBuilder replayWeighting(ReplayWeighting value) {
        draft.replayWeighting = value;
        return this;
    }

    /** How the gradient of the bound is sampled. */
    public ModelSpecBuilder estimator(EstimatorKind value) {
        draft.estimator = value;
        return this;
    }

    /** Monte-Carlo samples of the gradient, from 1. */
    public ModelSpecBuilder gradientSamples(int value) {
        draft.gradientSamples = value;
        return this;
    }

    /** How many events N the posterior stands for. */
    public ModelSpecBuilder nPolicy(NPolicy value) {
        draft.nPolicy = value;
        return this;
    }

    /** The window, memory or fixed N, for the policies that have one. */
    public ModelSpecBuilder nEvents(long value) {
        draft.nEvents = value;
        return this;
    }

    /** The least β, the weight of the divergence from the prior: 1 is the plain ELBO. */
    public ModelSpecBuilder klWeight(double value) {
        draft.klWeight = value;
        return this;
    }

    /** Events from which on β is 1, after rising in proportion to them; 0 leaves it at its least. */
    public ModelSpecBuilder klFullEvents(long value) {
        draft.klFullEvents = value;
        return this;
    }

    /** Deviations of the noise beyond which the pull of a label stays bounded; 0 is off. */
    public ModelSpecBuilder tolerance(double value) {
        draft.tolerance = value;
        return this;
    }

    /** How a gradient moves the posterior. */
    public ModelSpecBuilder rule(RuleKind value) {
        draft.rule = value;
        return this;
    }

    /** First step size of the means μ. */
    public ModelSpecBuilder muRate(double value) {
        draft.muRate = value;
        return this;
    }

    /** First step size of ρ, where σ = softplus(ρ). */
    public ModelSpecBuilder rhoRate(double value) {
        draft.rhoRate = value;
        return this;
    }

    /** Steps after which the step sizes have fallen to 1/√2. */
    public ModelSpecBuilder rateHorizon(double value) {
        draft.rateHorizon = value;
        return this;
    }

    /** σ of every weight at the start, relative to the prior's σ₀. */
    public ModelSpecBuilder initialScale(double value) {
        draft.initialScale = value;
        return this;
    }

    /** Steps over which the posterior that predicts is averaged; 1 is off. */
    public ModelSpecBuilder averageHorizon(double value) {
        draft.averageHorizon = value;
        return this;
    }

    /** Events that the rival learner knows, W: the last ones; 0 is off. */
    public ModelSpecBuilder rivalEvents(int value) {
        draft.rivalEvents = value;
        return this;
    }

    /** Evidence at which the rival takes over, h, in nats. */
    public ModelSpecBuilder rivalEvidence(double value) {
        draft.rivalEvidence = value;
        return this;
    }

    /** Events that are asked about between an event and the arrival of its label; from 0. */
    public ModelSpecBuilder labelDelay(int value) {
        draft.labelDelay = value;
        return this;
    }

    /** Whether the drift layer corrects predictions by the latest errors. */
    public ModelSpecBuilder drift(boolean value) {
        draft.drift = value;
        return this;
    }

    /** Monte-Carlo samples of a prediction, S, from 1. */
    public ModelSpecBuilder samples(int value) {
        draft.samples = value;
        return this;
    }

    /** Probability of the central interval, between 0 and 1. */
    public ModelSpecBuilder interval(double value) {
        draft.interval = value;
        return this;
    }

    /** Probabilities of further central intervals that a prediction carries, each between 0 and 1. */
    public ModelSpecBuilder levels(double... values) {
        draft.levels = Arrays.stream(values).boxed().toList();
        return this;
    }

    /** Labelled events before which a model counts as warming up. */
    public ModelSpecBuilder warmupEvents(long value) {
        draft.warmupEvents = value;
        return this;
    }

    /** Share of the events of late that are flagged as uncertain, above 0 and below {@link PredictiveSpec#MOST_FLAGGED}. */
    public ModelSpecBuilder flagShare(double value) {
        draft.flagShare = value;
        return this;
    }

    /** Share of events that may be alarms where there are no anomalies, above 0, below {@link PredictiveSpec#MOST_ALARMS}. */
    public ModelSpecBuilder alarmShare(double value) {
        draft.alarmShare = value;
        return this;
    }

    /** @throws IllegalArgumentException if features or task are not set, or settings do not fit */
    public ModelSpec build() {
        return draft.build();
    }
}
