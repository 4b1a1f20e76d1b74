package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.feature.Horizon;
import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.ReplayWeighting;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that say what the posterior learns from; {@link UpdateSection} say how it moves. */
public final class LearningSection {
    /** {@code credence.batch.size}. */
    public static final String BATCH_SIZE = CredenceConfig.PREFIX + "batch.size";

    /** {@code credence.batch.linger.ms}. */
    public static final String BATCH_LINGER = CredenceConfig.PREFIX + "batch.linger.ms";

    /** {@code credence.batch.steps}. */
    public static final String STEPS = CredenceConfig.PREFIX + "batch.steps";

    /** {@code credence.batch.steps.early}. */
    public static final String EARLY_STEPS = CredenceConfig.PREFIX + "batch.steps.early";

    /** {@code credence.early.events}. */
    public static final String EARLY_EVENTS = CredenceConfig.PREFIX + "early.events";

    /** {@code credence.replay.events}. */
    public static final String REPLAY_EVENTS = CredenceConfig.PREFIX + "replay.events";

    /** {@code credence.replay.capacity}. */
    public static final String REPLAY_CAPACITY = CredenceConfig.PREFIX + "replay.capacity";

    /** {@code credence.replay.weighting}. */
    public static final String REPLAY_WEIGHTING = CredenceConfig.PREFIX + "replay.weighting";

    /** {@code credence.rival.events}. */
    public static final String RIVAL_EVENTS = CredenceConfig.PREFIX + "rival.events";

    /** {@code credence.rival.evidence}. */
    public static final String RIVAL_EVIDENCE = CredenceConfig.PREFIX + "rival.evidence";

    /** {@code credence.drift}. */
    public static final String DRIFT = CredenceConfig.PREFIX + "drift";

    /** {@code credence.label.delay.events}. */
    public static final String LABEL_DELAY = CredenceConfig.PREFIX + "label.delay.events";

    /** {@code credence.seed}. */
    public static final String SEED = CredenceConfig.PREFIX + "seed";

    private static final LearningSpec USUAL = LearningSpec.defaults();

    private LearningSection() {}

    static ConfigDef define(ConfigDef def) {
        Section section = new Section(def, "Learning");
        batch(section);
        replay(section);
        return section.add(
                        DRIFT,
                        BOOLEAN,
                        USUAL.drift(),
                        null,
                        LOW,
                        "Whether the drift layer corrects predictions by the most recent errors.")
                .add(
                        LABEL_DELAY,
                        INT,
                        USUAL.labelDelay(),
                        Range.between(0, LearningSpec.MOST_LABEL_DELAY),
                        MEDIUM,
                        "How many events are asked about, usually, between an event and the arrival of its label. The"
                                + " drift layer and the widths of predictions are fitted to what is known by then. All"
                                + " these events are kept in the state. With `" + EventSection.HORIZON
                                + "` in events it is at least one less than that, up to "
                                + LearningSpec.MOST_LABEL_DELAY + ".")
                .add(
                        RIVAL_EVENTS,
                        INT,
                        USUAL.rival().events(),
                        Range.between(0, 1_000_000),
                        MEDIUM,
                        "How many of the last events a second learner knows, which takes over when it predicts better"
                                + " than the one that knows all: a change is noticed within about as many. 0 is off.")
                .add(
                        RIVAL_EVIDENCE,
                        DOUBLE,
                        USUAL.rival().evidence(),
                        Allowed.from(0, false),
                        LOW,
                        "How much better it must have predicted since any past moment to take over, in nats.")
                .add(
                        SEED,
                        LONG,
                        ModelSpec.DEFAULT_SEED,
                        null,
                        LOW,
                        "The seed of all random numbers: the same seed and the same log give the same model.")
                .end();
    }

    /** Events that are asked about before the label of one can be known, by the horizon alone. */
    private static int unanswered(AbstractConfig config) {
        int steps = Horizon.parse(config.getString(EventSection.HORIZON)).events();
        return Math.min(steps - 1, LearningSpec.MOST_LABEL_DELAY);
    }

    private static void batch(Section section) {
        section.add(
                        BATCH_SIZE,
                        INT,
                        USUAL.batch().size(),
                        Range.between(1, 65_536),
                        MEDIUM,
                        "The number of fresh events in a minibatch.")
                .add(
                        BATCH_LINGER,
                        LONG,
                        USUAL.batch().lingerMs(),
                        Range.atLeast(0L),
                        LOW,
                        "The span of event time, in milliseconds, after which an open minibatch closes even"
                                + " if it is not full; 0 lets it wait until it is.")
                .add(
                        STEPS,
                        INT,
                        USUAL.batch().innerSteps(),
                        Range.between(1, 1000),
                        LOW,
                        "The number of updates on each minibatch. Each update has its own replayed events and"
                                + " its own noise.")
                .add(
                        EARLY_STEPS,
                        INT,
                        USUAL.batch().earlyInnerSteps(),
                        Range.between(1, 1000),
                        LOW,
                        "The number of updates on each minibatch while the model has seen fewer than " + EARLY_EVENTS
                                + " events.")
                .add(
                        EARLY_EVENTS,
                        LONG,
                        USUAL.batch().earlyEvents(),
                        Range.atLeast(0L),
                        LOW,
                        "The number of labelled events that count as early.");
    }

    private static void replay(Section section) {
        section.add(
                        REPLAY_EVENTS,
                        INT,
                        USUAL.replay().events(),
                        Range.between(0, 65_536),
                        MEDIUM,
                        "The number of past events that join each update; 0 turns replay off.")
                .add(
                        REPLAY_CAPACITY,
                        INT,
                        USUAL.replay().capacity(),
                        Range.between(1, 10_000_000),
                        LOW,
                        "The number of past events that are kept for replay, a uniform sample of all of them;"
                                + " at least " + REPLAY_EVENTS + ".")
                .add(
                        REPLAY_WEIGHTING,
                        STRING,
                        EnumText.name(USUAL.replay().weighting()),
                        Allowed.oneOf(ReplayWeighting.class),
                        LOW,
                        "How replayed events count: `pooled` makes one minibatch of fresh and replayed events, which"
                                + " leans towards the newest; `stratified` is unbiased for the sum over all events.");
    }

    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        model.batchSize(config.getInt(BATCH_SIZE))
                .batchLingerMs(config.getLong(BATCH_LINGER))
                .innerSteps(config.getInt(STEPS))
                .earlyInnerSteps(config.getInt(EARLY_STEPS))
                .earlyEvents(config.getLong(EARLY_EVENTS))
                .replayEvents(config.getInt(REPLAY_EVENTS))
                .replayCapacity(config.getInt(REPLAY_CAPACITY))
                .replayWeighting(EnumText.of(ReplayWeighting.class, config.getString(REPLAY_WEIGHTING)))
                .rivalEvents(config.getInt(RIVAL_EVENTS))
                .rivalEvidence(config.getDouble(RIVAL_EVIDENCE))
                .drift(config.getBoolean(DRIFT))
                .labelDelay(Math.max(config.getInt(LABEL_DELAY), unanswered(config)))
                .seed(config.getLong(SEED));
    }
}
