package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that say when the learner's state is written. */
final class PublishKeys {
    static final String INTERVAL = CredenceConfig.PREFIX + "publish.interval.ms";
    static final String CHECKPOINT = CredenceConfig.PREFIX + "checkpoint.events";

    static final String LIVE_MODELS = CredenceConfig.PREFIX + "live.models";

    private PublishKeys() {}

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Publishing")
                .add(
                        INTERVAL,
                        LONG,
                        1000L,
                        Range.between(10L, 3_600_000L),
                        MEDIUM,
                        "Milliseconds between two snapshots of a model on the posteriors topic, and between two metrics"
                                + " records. A snapshot is written only if the model has moved.")
                .add(
                        CHECKPOINT,
                        INT,
                        64,
                        Range.between(1, 65_536),
                        LOW,
                        "Examples between two writes of the learner's state to its store; the examples since then are"
                                + " kept beside it and learned again after a crash.")
                .add(
                        LIVE_MODELS,
                        INT,
                        PublishConfig.USUAL_LIVE_MODELS,
                        Range.between(1, 1_000_000),
                        LOW,
                        "Models that each learning and each scoring task keeps ready on the heap, with their gauges in"
                                + " JMX. With " + EventKeys.MODEL_KEY + " and more models than this, the least recently"
                                + " used are read from their stores again when their next event comes: slower, never"
                                + " lost.")
                .end();
    }

    static PublishConfig publishing(AbstractConfig config, int recordBytes) {
        return new PublishConfig(
                config.getLong(INTERVAL),
                config.getInt(CHECKPOINT),
                RecordLimit.chunk(recordBytes),
                config.getInt(LIVE_MODELS));
    }
}
