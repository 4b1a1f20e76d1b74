package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.event.LabelRule;
import io.credence.stream.wire.SchemaRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * What a start would find on the real cluster, without creating, writing or joining anything: addresses, rights, topics
 * and their settings, schemas, the first records of each input, the shape of what was learned, and sizes.
 */
public final class DryRun {
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final CredenceConfig config;
    private final Consumer<Finding> findings;
    private final Retry retry;
    private boolean sound = true;

    /** How much a finding matters. */
    public enum Weight {
        /** As it should be. */
        OK,
        /** Works, but somebody should know. */
        WARN,
        /** The service would not start, or not work. */
        FAIL
    }

    /**
     * One thing that was looked at.
     *
     * @param weight how much it matters
     * @param text one sentence
     */
    public record Finding(Weight weight, String text) {}

    /** @param findings takes each as it is found */
    public DryRun(CredenceConfig config, Consumer<Finding> findings) {
        this.config = config;
        this.findings = findings;
        this.retry = new Retry(Duration.ofMillis(config.service().startupTimeoutMs()), () -> false);
    }

    /** Looks at everything. Returns whether a start would succeed. */
    public boolean run() {
        Preparation preparation = new Preparation(config, retry);
        guarded(() -> {
            preparation.registry();
            say(Weight.OK, "the schema registry answers");
            schemas();
        });
        guarded(() -> {
            try (Admin admin = preparation.connect()) {
                say(Weight.OK, "the broker answers");
                Map<String, Integer> existing = topics(admin, preparation.servers());
                rights(admin);
                settings(admin);
                inputs(existing);
            }
        });
        guarded(() -> {
            new ShapeAtRest(config, LOOK).check();
            say(Weight.OK, "what was learned, if anything, has the configured shape");
        });
        guarded(() -> {
            Safeguards safeguards = Safeguards.of(config);
            safeguards.refusals(safeguards.settings()).forEach(refusal -> say(Weight.WARN, refusal));
            safeguards.notes().forEach(note -> say(Weight.OK, note));
        });
        return sound;
    }

    private void schemas() {
        try (SchemaRegistry registry = SchemaRegistry.of(config.serde())) {
            NeededSchema.missing(config, registry)
                    .ifPresentOrElse(
                            missing -> say(Weight.FAIL, missing),
                            () -> say(
                                    Weight.OK,
                                    registry.registersItself()
                                            ? "our schemas are registered when they are first written"
                                            : "every schema that we write with is registered"));
        }
    }

    private Map<String, Integer> topics(Admin admin, String servers) {
        TopicPlan plan = TopicPlan.of(config);
        Map<String, Integer> existing = new AdminTopics(admin, retry, servers).existing(plan);
        plan.check(existing);
        existing.forEach((topic, partitions) ->
                say(Weight.OK, "topic " + topic + " is there, with " + partitions + " partition(s)"));
        boolean create = config.topics().create();
        plan.creations(existing)
                .forEach(topic -> say(
                        create ? Weight.OK : Weight.FAIL,
                        "topic " + topic.name()
                                + (create
                                        ? " would be created, with " + topic.numPartitions() + " partition(s)"
                                        : " is not there, and credence.topics.create=false leaves it to you")));
        return existing;
    }

    private void rights(Admin admin) {
        List<String> missing = Rights.missing(admin, config);
        missing.forEach(right -> say(Weight.FAIL, right));
        if (missing.isEmpty()) {
            say(Weight.OK, "no right is missing, as far as the broker tells");
        }
    }

    private void settings(Admin admin) {
        TopicSettings settings = TopicSettings.of(admin, config);
        settings.warnings().forEach(warning -> say(Weight.WARN, warning));
        guarded(() -> {
            settings.check();
            say(Weight.OK, "the settings of the topics keep log and models");
        });
    }

    private void inputs(Map<String, Integer> existing) {
        TopicSection topics = config.topics();
        Map<String, LabelRule> rules = new LinkedHashMap<>();
        if (topics.unlabelled() != null) {
            rules.put(topics.unlabelled(), LabelRule.IGNORED);
        }
        if (topics.labelled() != null) {
            rules.put(topics.labelled(), topics.shared() ? LabelRule.OPTIONAL : LabelRule.REQUIRED);
        }
        rules.forEach((topic, rule) -> {
            if (existing.containsKey(topic)) {
                guarded(() -> input(topic, InputSample.of(config, topic, rule)));
            }
        });
        String labels = topics.labels();
        if (labels != null && existing.containsKey(labels)) {
            guarded(() -> input(labels, InputSample.ofLabels(config, labels)));
        }
        String feedback = topics.feedback();
        if (feedback != null && existing.containsKey(feedback)) {
            guarded(() -> input(feedback, InputSample.ofFeedback(config, feedback)));
        }
    }

    private void input(String topic, InputSample sample) {
        String read = "topic " + topic + ": of the first " + sample.records() + " record(s) ";
        if (sample.records() == 0) {
            say(Weight.WARN, "topic " + topic + " is empty: nothing is known of its records");
        } else if (sample.unusable() == 0) {
            say(Weight.OK, read + "all can be used");
        } else {
            say(
                    sample.unusable() == sample.records() ? Weight.FAIL : Weight.WARN,
                    read + sample.unusable() + " would be dead letters, the first " + sample.first());
        }
    }

    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (StartupException | KafkaException e) {
            String sentence = LastingFault.in(e, config.applicationId()).orElse(String.valueOf(e.getMessage()));
            say(Weight.FAIL, sentence);
        }
    }

    private void say(Weight weight, String text) {
        sound &= weight != Weight.FAIL;
        findings.accept(new Finding(weight, text));
    }
}
