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
    static void check(TopicSection topics, EventSection events, ModelSpec model) {
        if (topics.labelled() == null && topics.unlabelled() == null) {
            throw new ConfigException(
                    "at least one of " + TopicSection.LABELLED + " and " + TopicSection.UNLABELLED + " must be given");
        }
        if (topics.labelled() != null && events.label() == null) {
            throw new ConfigException(EventSection.LABEL + " must be given, because " + TopicSection.LABELLED + " is "
                    + topics.labelled());
        }
        model.features().specs().stream()
                .filter(feature -> feature.field().equals(events.label()))
                .findFirst()
                .ifPresent(feature -> {
                    throw new ConfigException(
                            EventSection.FEATURES,
                            feature,
                            "must not name the label's field: a model that reads its label learns nothing");
                });
        distinct(topics);
    }

    private static void distinct(TopicSection topics) {
        Map<String, String> owners = new LinkedHashMap<>();
        claim(owners, TopicSection.LABELLED, topics.labelled());
        if (!topics.shared()) {
            claim(owners, TopicSection.UNLABELLED, topics.unlabelled());
        }
        claim(owners, TopicSection.TRAINING, topics.training());
        claim(owners, TopicSection.POSTERIORS, topics.posteriors());
        claim(owners, TopicSection.SCORED, topics.scored());
        claim(owners, TopicSection.ALERTS, topics.alerts());
        claim(owners, TopicSection.METRICS, topics.metrics());
        claim(owners, TopicSection.DEAD_LETTERS, topics.deadLetters());
    }

    private static void claim(Map<String, String> owners, String key, @Nullable String topic) {
        String owner = topic == null ? null : owners.putIfAbsent(topic, key);
        if (owner != null) {
            throw new ConfigException(key, topic, "must differ from " + owner);
        }
    }
}
