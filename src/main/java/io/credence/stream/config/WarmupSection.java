package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * What becomes of events that are to be scored while their model is warming up.
 *
 * @param policy whether they are scored at once, wait, or are never scored by such a model
 * @param waitMs most milliseconds that an event waits
 * @param waitEvents events of one partition that may wait at a time
 * @param waitBytes bytes of such events, keys and headers included
 */
public record WarmupSection(Policy policy, long waitMs, int waitEvents, long waitBytes) {
    /** {@code credence.warmup.policy}. */
    public static final String POLICY = CredenceConfig.PREFIX + "warmup.policy";

    /** {@code credence.warmup.wait.ms}. */
    public static final String WAIT = CredenceConfig.PREFIX + "warmup.wait.ms";

    /** {@code credence.warmup.wait.events}. */
    public static final String WAIT_EVENTS = CredenceConfig.PREFIX + "warmup.wait.events";

    /** {@code credence.warmup.wait.bytes}. */
    public static final String WAIT_BYTES = CredenceConfig.PREFIX + "warmup.wait.bytes";

    /** What becomes of an event whose model is warming up. */
    public enum Policy {
        /** It is scored at once, and its prediction says that the model is warming up. */
        FLAG,
        /** It waits until the labels that were there before it are learned. */
        WAIT,
        /** It waits for a model that is warm; if none comes, it is a dead letter. */
        WITHHOLD
    }

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Warming up")
                .add(
                        POLICY,
                        STRING,
                        EnumText.name(Policy.WAIT),
                        Allowed.oneOf(Policy.class),
                        MEDIUM,
                        "What becomes of an event that is to be scored while its model is warming up: `flag` scores"
                                + " it at once and sets `warmingUp` in its prediction; `wait` lets it wait until the"
                                + " labels that were there before it are learned; `withhold` never scores it with"
                                + " such a model: it waits, and is a dead letter with reason `MODEL_WARMING_UP` if"
                                + " the model is still warming up when its wait is over.")
                .add(
                        WAIT,
                        LONG,
                        60_000L,
                        Range.between(0L, 86_400_000L),
                        MEDIUM,
                        "The longest time, in milliseconds, that an event waits for its model to warm up.")
                .add(
                        WAIT_EVENTS,
                        INT,
                        10_000,
                        Range.between(1, 1_000_000),
                        LOW,
                        "The number of events of a partition that may wait for models to warm up. Of more, the"
                                + " oldest wait no longer.")
                .add(
                        WAIT_BYTES,
                        LONG,
                        16L << 20,
                        Range.atLeast(1L),
                        LOW,
                        "The number of bytes that the waiting events of a partition may have. Of more, the oldest"
                                + " wait no longer.")
                .end();
    }

    static WarmupSection warmup(AbstractConfig config) {
        return new WarmupSection(
                EnumText.of(Policy.class, config.getString(POLICY)),
                config.getLong(WAIT),
                config.getInt(WAIT_EVENTS),
                config.getLong(WAIT_BYTES));
    }
}
