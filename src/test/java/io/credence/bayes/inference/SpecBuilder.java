package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.network.Activation;
import java.util.List;
import java.util.stream.IntStream;

/** A model specification for tests, every part of which may be set before {@link #build}. */
public final class SpecBuilder {
    public int columns;
    public boolean standardised = true;
    public Task task;
    public LikelihoodKind likelihood;
    public int classes = 3;
    public List<Integer> hidden = List.of(6);
    public Activation activation = Activation.TANH;
    public double priorScale;
    public int batch = 1;
    public long lingerMs;
    public int innerSteps = 1;
    public int replay = 4;
    public int capacity = 50;
    public ReplayWeighting weighting = ReplayWeighting.POOLED;
    public EstimatorKind estimator = EstimatorKind.LOCAL;
    public int samples = 1;
    public boolean priorFitted;
    public NPolicy nPolicy = NPolicy.SEEN;
    public long nValue = 100;
    public double klWeight = 1;
    public double tolerance = 3;
    public int rivalEvents = 1000;
    public RuleKind rule = RuleKind.ADAM;
    public double muRate = 0.01;
    public double rhoRate = 0.03;
    public double rateHorizon = 1000;
    public double initialScale = 0.1;
    public double averageHorizon = 20;
    public boolean drift = true;
    public int labelDelay;
    public int predictiveSamples = 8;
    public long warmup = 20;
    public long seed = 5;

    private SpecBuilder(LikelihoodKind likelihood, int columns) {
        this.likelihood = likelihood;
        this.columns = columns;
        this.task = switch (likelihood) {
            case GAUSSIAN, HETEROSCEDASTIC -> Task.REGRESSION;
            case BERNOULLI -> Task.BINARY;
            case CATEGORICAL -> Task.MULTICLASS;
            case NEGATIVE_BINOMIAL -> Task.COUNT;
        };
    }

    /** A small network with that likelihood. */
    public static SpecBuilder of(LikelihoodKind likelihood, int columns) {
        return new SpecBuilder(likelihood, columns);
    }

    /** A linear Gaussian model on columns as they are, without replay or drift layer. */
    public static SpecBuilder linear(int columns) {
        SpecBuilder builder = new SpecBuilder(LikelihoodKind.GAUSSIAN, columns);
        builder.standardised = false;
        builder.hidden = List.of();
        builder.replay = 0;
        builder.tolerance = 0;
        builder.drift = false;
        builder.nPolicy = NPolicy.FIXED;
        return builder;
    }

    /** The specification. */
    public ModelSpec build() {
        FeatureSpec.Kind kind = standardised ? FeatureSpec.Kind.NUMERIC : FeatureSpec.Kind.BOOLEAN;
        List<FeatureSpec> features = IntStream.range(0, columns)
                .mapToObj(i -> new FeatureSpec("x" + i, kind, List.of(), false))
                .toList();
        List<String> names = task == Task.MULTICLASS
                ? IntStream.range(0, classes).mapToObj(k -> "c" + k).toList()
                : List.of();
        return ModelSpec.builder()
                .features(features)
                .task(task)
                .classes(names.toArray(String[]::new))
                .hidden(hidden.stream().mapToInt(Integer::intValue).toArray())
                .activation(activation)
                .likelihood(likelihood)
                .priorScale(priorScale)
                .priorFitted(priorFitted)
                .batchSize(batch)
                .batchLingerMs(lingerMs)
                .innerSteps(innerSteps)
                .earlyInnerSteps(innerSteps)
                .earlyEvents(0)
                .replayEvents(replay)
                .replayCapacity(capacity)
                .replayWeighting(weighting)
                .estimator(estimator)
                .gradientSamples(samples)
                .nPolicy(nPolicy)
                .nEvents(nValue)
                .klWeight(klWeight)
                .tolerance(tolerance)
                .rivalEvents(rivalEvents)
                .rule(rule)
                .muRate(muRate)
                .rhoRate(rhoRate)
                .rateHorizon(rateHorizon)
                .initialScale(initialScale)
                .averageHorizon(averageHorizon)
                .drift(drift)
                .labelDelay(labelDelay)
                .samples(predictiveSamples)
                .interval(0.9)
                .warmupEvents(warmup)
                .seed(seed)
                .build();
    }
}
