package io.credence.tool.benchmark;

import io.credence.stream.config.CredenceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The service's settings in each phase of the benchmark: the defaults, but for what the plan names. */
final class PhaseConfigs {
    /** Records without a label. */
    static final String EVENTS = "benchmark-events";
    /** Records with a label, as many as are passed through. */
    static final String LABELS = "benchmark-labels";
    /** Records with a label, as many as are learned. */
    static final String LESSONS = "benchmark-lessons";
    /** Records that arrive at a steady rate. */
    static final String LIVE = "benchmark-live";
    /** The model that scores. */
    static final String MODEL = "benchmark-model";

    private final BenchmarkPlan plan;
    private final String bootstrap;

    PhaseConfigs(BenchmarkPlan plan, String bootstrap) {
        this.plan = plan;
        this.bootstrap = bootstrap;
    }

    /** Scores a topic with the published model. */
    CredenceConfig scoring(String application, String topic) {
        return of(application, Map.of("credence.topic.unlabelled", topic, "credence.topic.posteriors", MODEL));
    }

    /** Learns from a topic. */
    CredenceConfig training(String application, String topic) {
        return of(application, Map.of("credence.topic.labelled", topic));
    }

    /** Learns from one topic and scores another with what it learns, at the same time: events do not wait for labels. */
    CredenceConfig both(String application) {
        return of(
                application,
                Map.of(
                        "credence.topic.labelled",
                        LESSONS,
                        "credence.topic.unlabelled",
                        EVENTS,
                        "credence.warmup.policy",
                        "flag"));
    }

    private CredenceConfig of(String application, Map<String, String> topics) {
        Map<String, String> settings = new HashMap<>();
        settings.put("application.id", application);
        settings.put("bootstrap.servers", bootstrap);
        settings.put("schema.registry.url", "mock://credence-benchmark");
        settings.put("num.stream.threads", Integer.toString(plan.threads()));
        settings.put("auto.offset.reset", "earliest");
        settings.put("credence.topics.partitions", Integer.toString(plan.partitions()));
        settings.put("credence.label", Workload.LABEL);
        settings.put("credence.event.id", Workload.ID);
        settings.put("credence.features", String.join(",", Workload.names(plan.features())));
        settings.put("credence.hidden", text(plan.hidden()));
        settings.put("credence.samples", Integer.toString(plan.samples()));
        settings.put("credence.batch.size", Integer.toString(plan.batchSize()));
        settings.putAll(topics);
        settings.putAll(plan.settings());
        return CredenceConfig.of(settings);
    }

    private static String text(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
