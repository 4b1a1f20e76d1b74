package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.topology.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether topics that somebody else has made are set so that the service can live with them: the log and the models are
 * kept, and records are taken as large as they will be.
 */
final class TopicSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSettings.class);
    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
    private static final String POLICY = TopicConfig.CLEANUP_POLICY_CONFIG;
    private static final String STAMP = TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
    private static final String WRITTEN = "LogAppendTime";
    /** Bytes that a record takes beside its value, at most. */
    static final int FRAMING = 512;

    private final CredenceConfig config;
    private final Map<String, Map<String, String>> settings;
    private final Set<String> withheld;

    /**
     * @param settings those of each topic that are known
     * @param withheld the topics whose settings we may not know
     */
    TopicSettings(CredenceConfig config, Map<String, Map<String, String>> settings, Set<String> withheld) {
        this.config = config;
        this.settings = settings;
        this.withheld = new TreeSet<>(withheld);
    }

    /** The settings of the topics that are there and that we may know. */
    static TopicSettings of(Admin admin, CredenceConfig config) {
        List<ConfigResource> asked = new ArrayList<>();
        for (String topic : TopicPlan.of(config).names()) {
            asked.add(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        }
        asked.add(new ConfigResource(ConfigResource.Type.TOPIC, changelog(config)));
        Map<String, Map<String, String>> known = new LinkedHashMap<>();
        Set<String> withheld = new TreeSet<>();
        admin.describeConfigs(asked)
                .values()
                .forEach((topic, answer) -> known.put(topic.name(), values(topic, answer, withheld)));
        return new TopicSettings(config, known, withheld);
    }

    /** @throws StartupException naming a topic that would break the service, the setting, and what to do */
    void check() {
        checkPolicies();
        checkHops();
        checkLimits();
    }

    /** What must not be done with them, one sentence each. */
    List<String> warnings() {
        TopicSection topics = config.topics();
        List<String> warnings = new ArrayList<>();
        if (!withheld.isEmpty()) {
            warnings.add("the right DESCRIBE_CONFIGS is missing on the topic(s) " + String.join(", ", withheld)
                    + ", so nobody has looked whether their settings keep the models: grant it, or see to it that "
                    + topics.posteriors() + " is compacted and " + topics.training() + " is not");
        }
        String posteriors = topics.posteriors();
        if (setting(posteriors, POLICY, "compact").contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            warnings.add(
                    "topic " + posteriors + " has " + POLICY + "=" + setting(posteriors, POLICY, "")
                            + ": a model that does not change for its retention time is deleted, and scored with the prior then");
        }
        int largest = topics.inputs().mapToInt(input -> limit(input, 0)).max().orElse(0);
        for (String output : List.of(topics.scored(), topics.deadLetters())) {
            int limit = limit(output, Integer.MAX_VALUE);
            if (limit < largest) {
                warnings.add("topic " + output + " takes records of at most " + limit + " bytes (" + LIMIT
                        + "), an input topic " + largest
                        + ": a large record would stop the service, raise the limit of " + output);
            }
        }
        return warnings;
    }

    private void checkPolicies() {
        String posteriors = config.topics().posteriors();
        String kept = setting(posteriors, POLICY, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!kept.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw refused(
                    posteriors,
                    kept,
                    "it holds the newest snapshot of each model, which would be deleted: set " + POLICY
                            + "=compact on it, or name another topic in credence.topic.posteriors");
        }
        String training = config.topics().training();
        String log = setting(training, POLICY, TopicConfig.CLEANUP_POLICY_DELETE);
        if (log.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw refused(
                    training,
                    log,
                    "all examples of a model have one key, and compaction would keep the last of them only: set "
                            + POLICY + "=delete on it, or name another topic in credence.topic.training");
        }
    }

    private void checkHops() {
        TopicSection topics = config.topics();
        Stream.concat(topics.hops(), Stream.ofNullable(topics.series())).forEach(hop -> {
            String kept = setting(hop, POLICY, TopicConfig.CLEANUP_POLICY_DELETE);
            if (kept.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw refused(
                        hop,
                        kept,
                        "the records of an event have one key, and compaction would keep the last of them only: set "
                                + POLICY + "=delete on it, or name another topic");
            }
            String stamped = setting(hop, STAMP, WRITTEN);
            if (!stamped.equals(WRITTEN)) {
                throw refused(
                        hop,
                        STAMP,
                        stamped,
                        "by the times of the events the broker would delete old ones before they are read: set " + STAMP
                                + "=" + WRITTEN + " on it, or name another topic");
            }
        });
    }

    private static StartupException refused(String topic, String found, String why) {
        return refused(topic, POLICY, found, why);
    }

    private static StartupException refused(String topic, String key, String found, String why) {
        return new StartupException("topic " + topic + " has " + key + "=" + found + ", but " + why);
    }

    private void checkLimits() {
        int needed = config.publishing().chunkBytes() + FRAMING;
        for (String topic : List.of(config.topics().training(), config.topics().posteriors(), changelog(config))) {
            int limit = limit(topic, Integer.MAX_VALUE);
            if (limit < needed) {
                throw new StartupException("topic " + topic + " takes records of at most " + limit + " bytes (" + LIMIT
                        + "), but a part of the model takes up to " + needed + ": set producer.max.request.size="
                        + limit
                        + ", or raise the topic's limit");
            }
        }
    }

    private int limit(String topic, int otherwise) {
        return Integer.parseInt(setting(topic, LIMIT, Integer.toString(otherwise)));
    }

    private String setting(String topic, String key, String otherwise) {
        return settings.getOrDefault(topic, Map.of()).getOrDefault(key, otherwise);
    }

    private static String changelog(CredenceConfig config) {
        return Changelogs.of(config, Names.of(config).learnerState());
    }

    /** The settings of a topic; none if it is not there yet or we may not know. */
    private static Map<String, String> values(ConfigResource topic, KafkaFuture<Config> answer, Set<String> withheld) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            for (ConfigEntry entry : answer.get().entries()) {
                put(values, entry.name(), entry.value());
            }
            return values;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                withheld.add(topic.name());
            }
            LOG.debug("The settings of topic {} are not known", topic.name(), e);
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking for the settings of topic " + topic.name(), e);
        }
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
