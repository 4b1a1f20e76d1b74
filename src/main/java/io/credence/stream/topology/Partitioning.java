package io.credence.stream.topology;

import io.credence.stream.state.PosteriorChunks;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Which partition a record of ours goes to, where it is not decided by the record's key. */
final class Partitioning {
    /** All chunks of a model share the partition that Kafka's default would choose for the model key. */
    static final StreamPartitioner<byte[], byte[]> BY_MODEL = (topic, key, value, partitions) -> {
        String modelKey = PosteriorChunks.modelKey(new String(key, StandardCharsets.UTF_8));
        int hash = Utils.toPositive(Utils.murmur2(modelKey.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(Set.of(hash % partitions));
    };

    /**
     * A scored record stays in the partition that its event came from. Order is kept whatever the producer's
     * partitioner was, and model versions never go back within a partition: it has one writer.
     */
    static final StreamPartitioner<byte[], Scored> BY_SOURCE =
            (topic, key, scored, partitions) -> Optional.of(Set.of(scored.partition() % partitions));

    private Partitioning() {}
}
