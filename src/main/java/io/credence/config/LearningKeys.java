package io.credence.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.credence.inference.LearningSpec;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that say how the posterior is updated. */
final class LearningKeys {
    static final String BATCH_SIZE = CredenceConfig.PREFIX + "batch.size";
    static final String BATCH_LINGER = CredenceConfig.PREFIX + "batch.linger.ms";
    static final String REPLAY_EVENTS = CredenceConfig.PREFIX + "replay.events";
    static final String REPLAY_CAPACITY = CredenceConfig.PREFIX + "replay.capacity";
    static final String SEED = CredenceConfig.PREFIX + "seed";

    private LearningKeys() {}

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Learning")
                .add(BATCH_SIZE, INT, 1, Range.between(1, 65_536), MEDIUM, "Fresh events in a minibatch.")
                .add(
                        BATCH_LINGER,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        LOW,
                        "Event time, in milliseconds, after which an open minibatch closes; 0 is never.")
                .add(
                        REPLAY_EVENTS,
                        INT,
                        32,
                        Range.between(0, 65_536),
                        MEDIUM,
                        "Past events that join each minibatch; 0 is off.")
                .add(
                        REPLAY_CAPACITY,
                        INT,
                        10_000,
                        Range.between(1, 10_000_000),
                        LOW,
                        "Past events that are kept for replay, a uniform sample of all; at least " + REPLAY_EVENTS
                                + ".")
                .add(SEED, LONG, 42L, null, LOW, "Of all noise: the same seed and the same log give the same model.")
                .end();
    }

    static LearningSpec learning(AbstractConfig config) {
        return new LearningSpec(
                config.getInt(BATCH_SIZE),
                config.getLong(BATCH_LINGER),
                config.getInt(REPLAY_EVENTS),
                config.getInt(REPLAY_CAPACITY));
    }
}
