package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.LogFold;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The committed training log folded again from its first record, without the service: what its models must be. */
public final class OfflineFold {
    /**
     * What came of a fold.
     *
     * @param models every model after its last whole minibatch, in the order of their keys
     * @param partitions partitions of the log
     * @param firstOffsets sum of the partitions' first offsets: not 0 if the beginning of the log has been deleted
     * @param examples examples folded, those in open minibatches among them
     * @param commands commands carried out
     * @param refused records that are dead letters
     */
    public record Result(
            List<LearnerState> models, int partitions, long firstOffsets, long examples, long commands, long refused) {}

    private OfflineFold() {}

    /**
     * Folds the log up to its present end.
     *
     * @throws ModelException if the log cannot be read
     */
    public static Result run(CredenceConfig config) {
        try (LogFold fold = new LogFold(config)) {
            var span = TopicReader.read(config, config.topics().training(), record -> {
                fold.fold(read(record), at(record));
                return true;
            });
            List<LearnerState> models =
                    fold.models().values().stream().map(OnlineLearner::state).toList();
            return new Result(
                    models, span.partitions(), span.first(), fold.examples(), fold.commands(), fold.refused());
        }
    }

    /**
     * Folds the log until a model is at a version.
     *
     * @throws ModelException if it never is, or the beginning of the log has been deleted
     */
    public static LearnerState at(CredenceConfig config, String modelKey, ModelVersion version) {
        List<LearnerState> found = new ArrayList<>(1);
        try (LogFold fold = new LogFold(config)) {
            var span = TopicReader.read(config, config.topics().training(), record -> {
                String moved = fold.fold(read(record), at(record));
                OnlineLearner learner = moved == null ? null : fold.models().get(modelKey);
                if (learner != null && learner.version().equals(version)) {
                    found.add(learner.state());
                }
                return found.isEmpty();
            });
            if (span.first() > 0) {
                throw new ModelException(
                        "the beginning of topic " + config.topics().training()
                                + " has been deleted, so that earlier versions cannot be computed again: use an exported file");
            }
            if (found.isEmpty()) {
                throw new ModelException("model '" + modelKey + "' was never at version " + version
                        + ": a version is that of the end of a minibatch"
                        + latest(fold.models().get(modelKey)));
            }
            return found.get(0);
        }
    }

    private static String latest(@Nullable OnlineLearner learner) {
        return learner == null ? "" : "; it is at " + learner.version() + " now";
    }

    private static Record<byte @Nullable [], byte @Nullable []> read(ConsumerRecord<byte[], byte[]> record) {
        return new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers());
    }

    private static Origin at(ConsumerRecord<byte[], byte[]> record) {
        return new Origin(record.topic(), record.partition(), record.offset());
    }
}
