package io.credence.stream.config;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Horizon;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.inference.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What no single key can tell: whether the keys fit together. */
final class CrossChecks {
    private CrossChecks() {}

    /** @throws ConfigException naming the keys that do not fit */
    static void check(
            TopicSection topics,
            EventSection events,
            LabelsSection labels,
            ModelSpec model,
            WarmupSection.Policy warmup) {
        if (topics.labelled() == null && topics.unlabelled() == null) {
            throw new ConfigException(
                    "at least one of " + TopicSection.LABELLED + " and " + TopicSection.UNLABELLED + " must be given");
        }
        if (topics.labelled() != null && events.label() == null) {
            throw new ConfigException(EventSection.LABEL + " must be given, because " + TopicSection.LABELLED + " is "
                    + topics.labelled());
        }
        Horizon horizon = Horizon.parse(events.horizon());
        PastPlan past = PastPlan.of(model.features().specs(), 0, horizon);
        Stream.concat(model.features().specs().stream(), past.fields().stream().map(FeatureSpec::numeric))
                .filter(feature -> feature.field().equals(events.label()))
                .findFirst()
                .ifPresent(feature -> {
                    throw new ConfigException(
                            EventSection.FEATURES,
                            feature,
                            "must not name the label's field: a model that reads its label learns nothing; its past is"
                                    + " written as in lag(label,1)");
                });
        if (!past.asksLabels() && !horizon.equals(Horizon.NEXT)) {
            throw new ConfigException(EventSection.HORIZON
                    + " says which labels features are told of, but " + EventSection.FEATURES
                    + " asks for the past of none: leave it out, or add one such as lag(label,1,arrived)");
        }
        past.blinded().ifPresent(function -> {
            throw new ConfigException(
                    EventSection.FEATURES,
                    function,
                    "is always missing where " + EventSection.HORIZON + " is " + events.horizon()
                            + ": ask for an older label or a longer time, or for the newest that is told with"
                            + " lag(label,1,arrived)");
        });
        if (!past.empty()) {
            past(topics, warmup, past.asksLabels());
        }
        delayed(topics, events, labels);
        if (topics.feedback() != null && !topics.learns()) {
            need(null, TopicSection.LABELLED, AlertSection.FEEDBACK, topics.feedback());
        }
        distinct(topics);
    }

    /** What features of the past need. */
    private static void past(TopicSection topics, WarmupSection.Policy warmup, boolean labels) {
        if (!topics.learns() && labels) {
            throw new ConfigException(EventSection.FEATURES
                    + " asks for the past of the label, which a service without " + TopicSection.LABELLED + " and "
                    + LabelsSection.TOPIC + " is not told");
        }
        if (topics.labelled() != null && warmup != WarmupSection.Policy.FLAG && topics.partitions() > 1) {
            throw new ConfigException(
                    WarmupSection.POLICY,
                    EnumText.name(warmup),
                    "must be " + EnumText.name(WarmupSection.Policy.FLAG) + " where " + EventSection.FEATURES
                            + " asks for the past of a series and " + TopicSection.PARTITIONS + " is "
                            + topics.partitions()
                            + ": events can wait for the labels before them only where one partition holds all series");
        }
    }

    private static void delayed(TopicSection topics, EventSection events, LabelsSection labels) {
        if (topics.labels() != null) {
            need(topics.unlabelled(), TopicSection.UNLABELLED, LabelsSection.TOPIC, topics.labels());
            need(events.eventId(), EventSection.EVENT_ID, LabelsSection.TOPIC, topics.labels());
            need(labels.label(), EventSection.LABEL, LabelsSection.TOPIC, topics.labels());
        }
        if (labels.deduplicates()) {
            need(events.eventId(), EventSection.EVENT_ID, LabelsSection.DEDUPLICATE, labels.deduplicateMs());
        }
    }

    private static void need(@Nullable String value, String key, String because, Object of) {
        if (value == null) {
            throw new ConfigException(key + " must be given, because " + because + " is " + of);
        }
    }

    private static void distinct(TopicSection topics) {
        Map<String, String> owners = new LinkedHashMap<>();
        claim(owners, TopicSection.LABELLED, topics.labelled());
        if (!topics.shared()) {
            claim(owners, TopicSection.UNLABELLED, topics.unlabelled());
        }
        claim(owners, LabelsSection.TOPIC, topics.labels());
        claim(owners, AlertSection.FEEDBACK, topics.feedback());
        claim(owners, LabelsSection.EVENTS, topics.events());
        claim(owners, LabelsSection.WAITING, topics.waiting());
        claim(owners, TopicSection.TRAINING, topics.training());
        claim(owners, TopicSection.POSTERIORS, topics.posteriors());
        claim(owners, TopicSection.SCORED, topics.scored());
        claim(owners, TopicSection.NOTICES, topics.notices());
        claim(owners, TopicSection.ALERTS, topics.alerts());
        claim(owners, TopicSection.CHANGES, topics.changes());
        claim(owners, TopicSection.METRICS, topics.metrics());
        claim(owners, TopicSection.SERIES, topics.series());
        claim(owners, TopicSection.DEAD_LETTERS, topics.deadLetters());
    }

    private static void claim(Map<String, String> owners, String key, @Nullable String topic) {
        String owner = topic == null ? null : owners.putIfAbsent(topic, key);
        if (owner != null) {
            throw new ConfigException(key, topic, "must differ from " + owner);
        }
    }
}
