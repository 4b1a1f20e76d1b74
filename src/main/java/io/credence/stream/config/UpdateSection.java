package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.inference.EstimatorKind;
import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.LearningSpec.Elbo;
import io.credence.bayes.inference.LearningSpec.Optimiser;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.NPolicy;
import io.credence.bayes.inference.RuleKind;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that say how the posterior moves: the bound that is raised and the rule that raises it. */
public final class UpdateSection {
    /** {@code credence.elbo.estimator}. */
    public static final String ESTIMATOR = CredenceConfig.PREFIX + "elbo.estimator";

    /** {@code credence.elbo.samples}. */
    public static final String SAMPLES = CredenceConfig.PREFIX + "elbo.samples";

    /** {@code credence.elbo.n.policy}. */
    public static final String N_POLICY = CredenceConfig.PREFIX + "elbo.n.policy";

    /** {@code credence.elbo.n.events}. */
    public static final String N_EVENTS = CredenceConfig.PREFIX + "elbo.n.events";

    /** {@code credence.elbo.kl.full.events}. */
    public static final String KL_FULL = CredenceConfig.PREFIX + "elbo.kl.full.events";

    /** {@code credence.elbo.kl.weight}. */
    public static final String KL_WEIGHT = CredenceConfig.PREFIX + "elbo.kl.weight";

    /** {@code credence.elbo.tolerance}. */
    public static final String TOLERANCE = CredenceConfig.PREFIX + "elbo.tolerance";

    /** {@code credence.update.rule}. */
    public static final String RULE = CredenceConfig.PREFIX + "update.rule";

    /** {@code credence.update.rate.mu}. */
    public static final String MU_RATE = CredenceConfig.PREFIX + "update.rate.mu";

    /** {@code credence.update.rate.rho}. */
    public static final String RHO_RATE = CredenceConfig.PREFIX + "update.rate.rho";

    /** {@code credence.update.rate.horizon}. */
    public static final String RATE_HORIZON = CredenceConfig.PREFIX + "update.rate.horizon";

    /** {@code credence.update.initial.scale}. */
    public static final String INITIAL_SCALE = CredenceConfig.PREFIX + "update.initial.scale";

    /** {@code credence.update.average.horizon}. */
    public static final String AVERAGE_HORIZON = CredenceConfig.PREFIX + "update.average.horizon";

    private static final Elbo ELBO = LearningSpec.defaults().elbo();
    private static final Optimiser OPTIMISER = LearningSpec.defaults().optimiser();

    private UpdateSection() {}

    static ConfigDef define(ConfigDef def) {
        objective(new Section(def, "Objective"));
        rule(new Section(def, "Update"));
        return def;
    }

    private static void objective(Section section) {
        section.add(
                        N_POLICY,
                        STRING,
                        EnumText.name(ELBO.nPolicy()),
                        Allowed.oneOf(NPolicy.class),
                        MEDIUM,
                        "How many events the posterior stands for. `seen` is all that have been seen, which"
                                + " is over-confident if the stream drifts; `window` is at most " + N_EVENTS
                                + "; `fixed` is always that number; `discounted` is a memory of that length. With"
                                + " `recursive` the prior is the previous posterior, and each event counts once.")
                .add(
                        N_EVENTS,
                        LONG,
                        ELBO.nValue(),
                        Range.atLeast(1L),
                        LOW,
                        "The number of events of the window, of the fixed number or of the memory.")
                .add(
                        KL_WEIGHT,
                        DOUBLE,
                        ELBO.klWeight(),
                        Allowed.from(0, true),
                        LOW,
                        "The least weight of the divergence from the prior: 1 is the plain ELBO, less gives a"
                                + " colder posterior.")
                .add(
                        KL_FULL,
                        LONG,
                        ELBO.klFullEvents(),
                        Range.atLeast(0L),
                        LOW,
                        "The number of believed events from which on the weight of the divergence is 1, the plain ELBO. With fewer it"
                                + " is their share of that number, but not less than " + KL_WEIGHT
                                + ". 0 leaves it at that.")
                .add(
                        TOLERANCE,
                        DOUBLE,
                        ELBO.tolerance(),
                        Allowed.from(0, true),
                        LOW,
                        "How many deviations of the observation noise a label may lie from what is expected and count in"
                                + " full. Beyond, its pull on the model no longer grows. 0 is off: the plain gradient.")
                .add(
                        ESTIMATOR,
                        STRING,
                        EnumText.name(ELBO.estimator()),
                        Allowed.oneOf(EstimatorKind.class),
                        LOW,
                        "How the gradient is sampled: `local` draws pre-activations for each event, `shared`"
                                + " draws one set of weights for the whole minibatch.")
                .add(
                        SAMPLES,
                        INT,
                        ELBO.samples(),
                        Range.between(1, 1000),
                        LOW,
                        "The number of samples behind each gradient.");
    }

    private static void rule(Section section) {
        section.add(
                        RULE,
                        STRING,
                        EnumText.name(OPTIMISER.rule()),
                        Allowed.oneOf(RuleKind.class),
                        LOW,
                        "The update rule: `adam` on means and deviations (Bayes by backprop), or `von`,"
                                + " variational online Newton.")
                .add(
                        MU_RATE,
                        DOUBLE,
                        OPTIMISER.muRate(),
                        Allowed.from(0, false),
                        MEDIUM,
                        "The step size of the means at the start.")
                .add(
                        RHO_RATE,
                        DOUBLE,
                        OPTIMISER.rhoRate(),
                        Allowed.from(0, false),
                        LOW,
                        "The step size of the deviations at the start.")
                .add(
                        RATE_HORIZON,
                        DOUBLE,
                        OPTIMISER.rateHorizon(),
                        Allowed.from(0, false),
                        LOW,
                        "The number of steps after which the step sizes have fallen to 0.71 of those at the start.")
                .add(
                        INITIAL_SCALE,
                        DOUBLE,
                        OPTIMISER.initialScale(),
                        Allowed.from(0, false),
                        LOW,
                        "The standard deviation of every weight at the start, as a multiple of that of the prior.")
                .add(
                        AVERAGE_HORIZON,
                        DOUBLE,
                        OPTIMISER.averageHorizon(),
                        Allowed.from(1, true),
                        LOW,
                        "The number of steps over which the posterior that predicts is averaged; 1 turns"
                                + " averaging off.");
    }

    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        model.estimator(EnumText.of(EstimatorKind.class, config.getString(ESTIMATOR)))
                .gradientSamples(config.getInt(SAMPLES))
                .nPolicy(EnumText.of(NPolicy.class, config.getString(N_POLICY)))
                .nEvents(config.getLong(N_EVENTS))
                .klWeight(config.getDouble(KL_WEIGHT))
                .klFullEvents(config.getLong(KL_FULL))
                .tolerance(config.getDouble(TOLERANCE))
                .rule(EnumText.of(RuleKind.class, config.getString(RULE)))
                .muRate(config.getDouble(MU_RATE))
                .rhoRate(config.getDouble(RHO_RATE))
                .rateHorizon(config.getDouble(RATE_HORIZON))
                .initialScale(config.getDouble(INITIAL_SCALE))
                .averageHorizon(config.getDouble(AVERAGE_HORIZON));
    }
}
