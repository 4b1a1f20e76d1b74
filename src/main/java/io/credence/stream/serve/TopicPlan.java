package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.RecordLimit;
import io.credence.stream.config.TopicSection;
import io.credence.stream.config.WarmupSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that a service needs, and what is to be done about those that are there or not. Pure. */
final class TopicPlan {
    /** Small, so that a restart reads little more than the newest models: only closed segments are compacted. */
    private static final String POSTERIOR_SEGMENT_BYTES = Integer.toString(16 << 20);

    private static final String LARGEST_RECORD = Integer.toString(RecordLimit.ENLARGED);

    /**
     * What we write keeps the time of the event, and an input topic may allow any. By default a broker refuses records
     * that are more than an hour ahead of its clock, which would stop the service for ever.
     */
    private static final String ANY_TIME = Long.toString(Long.MAX_VALUE);

    private static final Map<String, String> DELETE = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            ANY_TIME,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            LARGEST_RECORD);

    /**
     * Of a topic that is read again. Its records bear the time at which they are written, and the event's own inside: what
     * is not read yet must not be deleted because it is about long ago.
     */
    private static final Map<String, String> HOP = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            LARGEST_RECORD);

    private final TopicSection topics;
    private final boolean keyed;
    private final boolean waits;
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

    private TopicPlan(TopicSection topics, boolean keyed, boolean shown, boolean waits) {
        this.topics = topics;
        this.keyed = keyed;
        this.waits = waits;
        topics.inputs().forEach(input -> settings.put(input, Map.of()));
        topics.outputs()
                .filter(output -> isUsed(topics, shown, output))
                .forEach(output -> settings.put(output, DELETE));
        topics.hops().forEach(hop -> settings.put(hop, HOP));
        String retention = Long.toString(topics.trainingRetentionMs());
        settings.computeIfPresent(
                topics.training(),
                (name, usual) -> Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        retention,
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        ANY_TIME,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        LARGEST_RECORD));
        if (topics.series() != null) {
            settings.put(topics.series(), HOP);
        }
        settings.put(
                topics.posteriors(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        POSTERIOR_SEGMENT_BYTES,
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        ANY_TIME,
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.1"));
    }

    /** The plan of a configuration. */
    static TopicPlan of(CredenceConfig config) {
        return new TopicPlan(
                config.topics(),
                config.events().modelKey() != null,
                config.http().port() != null,
                config.topics().labelled() != null && config.warmup().policy() != WarmupSection.Policy.FLAG);
    }

    /** Whether a service writes or reads a topic of ours: one that only learns or only scores leaves some alone. */
    private static boolean isUsed(TopicSection topics, boolean shown, String output) {
        boolean learning = topics.learns();
        boolean scoring = topics.unlabelled() != null;
        if (output.equals(topics.training()) || output.equals(topics.changes())) {
            return learning;
        }
        if (output.equals(topics.metrics())) {
            return learning || shown;
        }
        return scoring || shown || !output.equals(topics.scored());
    }

    /** Every topic that must be there before the start. */
    Set<String> names() {
        return Set.copyOf(settings.keySet());
    }

    /** The topics that are not there, in the order of the data flow. */
    List<String> missing(Set<String> existing) {
        return settings.keySet().stream()
                .filter(name -> !existing.contains(name))
                .toList();
    }

    /**
     * The missing topics as they are to be created.
     *
     * @param existing partitions of each topic that is there
     */
    List<NewTopic> creations(Map<String, Integer> existing) {
        return missing(existing.keySet()).stream()
                .map(name -> new NewTopic(name, partitions(name, existing), topics.replicationFactor())
                        .configs(settings.get(name)))
                .toList();
    }

    /**
     * Refuses topics that would break the model.
     *
     * @param existing partitions of each topic that is there
     * @throws StartupException naming topic and reason
     */
    void check(Map<String, Integer> existing) {
        int partitions = existing.getOrDefault(topics.training(), 1);
        if (!keyed && partitions > 1) {
            throw new StartupException("training topic " + topics.training() + " has " + partitions
                    + " partitions, but one model learns from one log: use a topic with one partition"
                    + " (credence.topic.training), or one model for each key (credence.model.key)");
        }
        int series = topics.series() == null ? 1 : existing.getOrDefault(topics.series(), 1);
        if (waits && series > 1) {
            throw new StartupException("series topic " + topics.series() + " has " + series
                    + " partitions, among which events cannot wait for the labels before them: set "
                    + WarmupSection.POLICY + "=flag, or name another topic in " + TopicSection.SERIES);
        }
    }

    private int partitions(String name, Map<String, Integer> existing) {
        if (!keyed
                && (name.equals(topics.training())
                        || name.equals(topics.posteriors())
                        || name.equals(topics.notices()))) {
            return 1;
        }
        String read = topics.series() != null
                ? topics.series()
                : topics.events() != null ? topics.events() : topics.unlabelled();
        if (name.equals(topics.scored()) && read != null) {
            return existing.getOrDefault(read, topics.partitions());
        }
        return topics.partitions();
    }
}
