package io.credence.stream.serve;

import io.credence.bayes.inference.LearningSpec;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.StateSize;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** What one model takes: of the heap, the write cache, the changelog and a record. */
final class Footprint {
    private static final long TYPICAL_EVENT = 2_048;
    private static final int LIVE_ARRAYS = 14;

    private final CredenceConfig config;
    private final StateSize size;

    Footprint(CredenceConfig config) {
        LearningSpec learning = config.model().learning();
        this.config = config;
        this.size = StateSize.of(
                config.model().shape(),
                config.model().features(),
                config.publishing().checkpointEvents() + learning.batch().size(),
                learning.replay().events() == 0
                        ? 0
                        : learning.rival().events() + learning.replay().capacity(),
                config.publishing().chunkBytes());
    }

    CredenceConfig config() {
        return config;
    }

    StateSize size() {
        return size;
    }

    /** What the write cache of a task should hold, bytes. */
    long cacheBytes() {
        return (size.dirtyBytes() + config.scoring().batchSize() * TYPICAL_EVENT) * 5 / 4;
    }

    /** What a learner and a scorer of one model take of the heap together, bytes. */
    long heapBytes() {
        return learningBytes() + scoringBytes();
    }

    /** What was found, one sentence each. */
    List<String> notes() {
        String name = config.prefix().isEmpty() ? "A model" : "Model " + config.prefix();
        String sizes = String.format(
                Locale.ROOT,
                "%s has %,d weights; its state takes %,d bytes in %,d chunk(s), an example %,d, the redo log %,d,"
                        + " the replay reservoir up to %,d",
                name,
                size.weights(),
                size.stateBytes(),
                size.chunks(),
                size.exampleBytes(),
                size.ringBytes(),
                size.reservoirBytes());
        if (config.events().modelKey() == null) {
            return List.of(sizes);
        }
        String live = String.format(
                Locale.ROOT,
                "Each task keeps up to %,d model(s) on the heap, credence.live.models, of about %,d bytes each to learn"
                        + " and %,d to score",
                config.publishing().liveModels(),
                learningBytes(),
                scoringBytes());
        return List.of(sizes, live);
    }

    /** @throws ConfigException if a training example does not fit into a record */
    void refuseExamplesLargerThanARecord() {
        long inTrainingLog = (long) config.model().features().width() * Double.BYTES;
        long record = Math.max(inTrainingLog, size.exampleBytes()) + TopicSettings.FRAMING;
        if (record > config.recordBytes()) {
            throw new ConfigException(
                    "producer.max.request.size",
                    config.recordBytes(),
                    "must be at least " + record + ": so much takes one training example of "
                            + config.model().features().width() + " columns");
        }
    }

    private long learningBytes() {
        return !config.topics().learns()
                ? 0
                : size.weights() * LIVE_ARRAYS * Float.BYTES + size.stateBytes() + size.reservoirBytes();
    }

    private long scoringBytes() {
        return config.topics().unlabelled() == null
                ? 0
                : size.weights() * config.model().predictive().samples() * Float.BYTES + size.stateBytes();
    }
}
