package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * When the learner's state is written, and how many models stay at hand.
 *
 * @param intervalMs milliseconds between two snapshots on the posteriors topic, and between two metrics records
 * @param checkpointEvents examples between two writes of the learner's state to its store
 * @param chunkBytes most payload bytes of a record that holds a part of a model
 * @param liveModels models that each task keeps on the heap; others are read from their stores when they are needed
 */
public record PublishSection(long intervalMs, int checkpointEvents, int chunkBytes, int liveModels) {
    /** {@code credence.publish.interval.ms}. */
    public static final String INTERVAL = CredenceConfig.PREFIX + "publish.interval.ms";

    /** {@code credence.checkpoint.events}. */
    public static final String CHECKPOINT = CredenceConfig.PREFIX + "checkpoint.events";

    /** {@code credence.live.models}. */
    public static final String LIVE_MODELS = CredenceConfig.PREFIX + "live.models";

    /** Models kept on the heap unless set. */
    static final int USUAL_LIVE_MODELS = 100;

    /** Usual chunks and models. */
    public PublishSection(long intervalMs, int checkpointEvents) {
        this(intervalMs, checkpointEvents, RecordLimit.USUAL_CHUNK, USUAL_LIVE_MODELS);
    }

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
                        PublishSection.USUAL_LIVE_MODELS,
                        Range.between(1, 1_000_000),
                        LOW,
                        "Models that each learning and each scoring task keeps ready on the heap, with their gauges in"
                                + " JMX. With " + EventSection.MODEL_KEY
                                + " and more models than this, the least recently"
                                + " used are read from their stores again when their next event comes: slower, never"
                                + " lost.")
                .end();
    }

    static PublishSection publishing(AbstractConfig config, int recordBytes) {
        return new PublishSection(
                config.getLong(INTERVAL),
                config.getInt(CHECKPOINT),
                RecordLimit.chunk(recordBytes),
                config.getInt(LIVE_MODELS));
    }
}
