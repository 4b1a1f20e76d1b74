package io.credence.stream.config;

import io.credence.bayes.inference.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What no single key can tell: whether the keys fit together. */
final class CrossChecks {
    private CrossChecks() {}

    /** @throws ConfigException naming the keys that do not fit */
    static void check(TopicsConfig topics, EventConfig events, ModelSpec model) {
        if (topics.labelled() == null && topics.unlabelled() == null) {
            throw new ConfigException(
                    "at least one of " + TopicKeys.LABELLED + " and " + TopicKeys.UNLABELLED + " must be given");
        }
        if (topics.labelled() != null && events.label() == null) {
            throw new ConfigException(
                    EventKeys.LABEL + " must be given, because " + TopicKeys.LABELLED + " is " + topics.labelled());
        }
        model.features().specs().stream()
                .filter(feature -> feature.field().equals(events.label()))
                .findFirst()
                .ifPresent(feature -> {
                    throw new ConfigException(
                            EventKeys.FEATURES,
                            feature,
                            "must not name the label's field: a model that reads its label learns nothing");
                });
        distinct(topics);
    }

    private static void distinct(TopicsConfig topics) {
        Map<String, String> owners = new LinkedHashMap<>();
        claim(owners, TopicKeys.LABELLED, topics.labelled());
        if (!topics.shared()) {
            claim(owners, TopicKeys.UNLABELLED, topics.unlabelled());
        }
        claim(owners, TopicKeys.TRAINING, topics.training());
        claim(owners, TopicKeys.POSTERIORS, topics.posteriors());
        claim(owners, TopicKeys.SCORED, topics.scored());
        claim(owners, TopicKeys.ALERTS, topics.alerts());
        claim(owners, TopicKeys.METRICS, topics.metrics());
        claim(owners, TopicKeys.DEAD_LETTERS, topics.deadLetters());
    }

    private static void claim(Map<String, String> owners, String key, @Nullable String topic) {
        String owner = topic == null ? null : owners.putIfAbsent(topic, key);
        if (owner != null) {
            throw new ConfigException(key, topic, "must differ from " + owner);
        }
    }
}
