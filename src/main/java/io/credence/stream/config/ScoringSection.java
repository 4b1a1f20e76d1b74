package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.PredictiveSpec;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/**
 * The scorer's micro-batches.
 *
 * @param batchSize most events that are scored together
 * @param lingerMs most milliseconds that an event waits for company; 0 scores each at once
 * @param maxModelAgeMs milliseconds since its publication after which a model is too old, or null for never
 * @param agePolicy what becomes of an event whose model is too old
 * @param sampleBytes most bytes of weight samples that a task keeps
 */
public record ScoringSection(
        int batchSize, long lingerMs, @Nullable Long maxModelAgeMs, AgePolicy agePolicy, long sampleBytes) {
    /** {@code credence.samples}. */
    public static final String SAMPLES = CredenceConfig.PREFIX + "samples";

    /** {@code credence.interval}. */
    public static final String INTERVAL = CredenceConfig.PREFIX + "interval";

    /** {@code credence.interval.levels}. */
    public static final String INTERVAL_LEVELS = CredenceConfig.PREFIX + "interval.levels";

    /** {@code credence.warmup.events}. */
    public static final String WARMUP = CredenceConfig.PREFIX + "warmup.events";

    /** {@code credence.score.batch.size}. */
    public static final String BATCH_SIZE = CredenceConfig.PREFIX + "score.batch.size";

    /** {@code credence.score.linger.ms}. */
    public static final String LINGER = CredenceConfig.PREFIX + "score.linger.ms";

    /** {@code credence.max.model.age.ms}. */
    public static final String MAX_AGE = CredenceConfig.PREFIX + "max.model.age.ms";

    /** {@code credence.samples.max.bytes}. */
    public static final String SAMPLE_BYTES = CredenceConfig.PREFIX + "samples.max.bytes";

    /** {@code credence.max.model.age.policy}. */
    public static final String AGE_POLICY = CredenceConfig.PREFIX + "max.model.age.policy";

    /** What becomes of an event whose model is too old. */
    public enum AgePolicy {
        /** It is scored, and its prediction says that the model was too old. */
        FLAG,
        /** It is a dead letter. */
        REFUSE
    }

    private static final PredictiveSpec USUAL = PredictiveSpec.defaults();

    /** Weight samples kept unless set: 256 MiB. */
    static final long USUAL_SAMPLE_BYTES = 256L << 20;

    /** Micro-batches whose models may be of any age. */
    public ScoringSection(int batchSize, long lingerMs) {
        this(batchSize, lingerMs, null, AgePolicy.FLAG, USUAL_SAMPLE_BYTES);
    }

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Scoring")
                .add(
                        SAMPLES,
                        INT,
                        USUAL.samples(),
                        Range.between(1, 10_000),
                        MEDIUM,
                        "The number of weight samples behind each prediction. They are drawn once for each"
                                + " version of the model.")
                .add(
                        SAMPLE_BYTES,
                        LONG,
                        ScoringSection.USUAL_SAMPLE_BYTES,
                        Range.atLeast(1L),
                        LOW,
                        "The greatest number of bytes of weight samples that a scoring task keeps ready."
                                + " Where several models share them, the samples of the least recently used are drawn"
                                + " again when its next event comes. The model in use is kept whatever its size. The"
                                + " tasks of one instance share the samples of a model.")
                .add(
                        INTERVAL,
                        DOUBLE,
                        USUAL.interval(),
                        Allowed.within(0, 1),
                        LOW,
                        "The probability that the central interval from `lower` to `upper` holds.")
                .add(
                        INTERVAL_LEVELS,
                        LIST,
                        USUAL.levels().stream().map(String::valueOf).toList(),
                        Allowed.probabilities(),
                        LOW,
                        "The probabilities of the central intervals in `intervals`, comma-separated; empty for none.")
                .add(
                        WARMUP,
                        LONG,
                        USUAL.warmupEvents(),
                        Range.atLeast(0L),
                        LOW,
                        "The number of labelled events before which a model counts as warming up: it"
                                + " predicts, but raises no alert.")
                .add(
                        BATCH_SIZE,
                        INT,
                        256,
                        Range.between(1, 65_536),
                        LOW,
                        "The greatest number of events that are scored together.")
                .add(
                        LINGER,
                        LONG,
                        5L,
                        Range.between(0L, 60_000L),
                        LOW,
                        "The longest time, in milliseconds, that an event waits for others to be scored with;"
                                + " 0 scores each at once.")
                .add(
                        MAX_AGE,
                        LONG,
                        null,
                        Allowed.positive(),
                        LOW,
                        "The time after its publication, in milliseconds, after which a model is too old to"
                                + " score with. It is measured by the wall clocks of learner and scorer, and a model is"
                                + " published only when it has moved. If unset, no model is too old.")
                .add(
                        AGE_POLICY,
                        STRING,
                        EnumText.name(AgePolicy.FLAG),
                        Allowed.oneOf(AgePolicy.class),
                        LOW,
                        "What becomes of an event whose model is too old: `flag` sets `modelTooOld` in its"
                                + " prediction, `refuse` sends it to the dead letters as `MODEL_TOO_OLD`.")
                .end();
    }

    static ScoringSection scoring(AbstractConfig config) {
        return new ScoringSection(
                config.getInt(BATCH_SIZE),
                config.getLong(LINGER),
                config.getLong(MAX_AGE),
                EnumText.of(AgePolicy.class, config.getString(AGE_POLICY)),
                config.getLong(SAMPLE_BYTES));
    }

    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        model.samples(config.getInt(SAMPLES))
                .interval(config.getDouble(INTERVAL))
                .levels(config.getList(INTERVAL_LEVELS).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .warmupEvents(config.getLong(WARMUP));
    }
}
