package io.credence.cli;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.config.TopicSection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that talks to broker and registry: a service's configuration, or their addresses alone. */
final class ClientOptions {
    /** What a client does not use, and a service cannot be without. */
    private static final Map<String, String> UNUSED = Map.of(
            "application.id", "credence", EventSection.FEATURES, "unused-feature", EventSection.LABEL, "unused-label");

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Brokers; wins over --config.")
    private @Nullable String brokers;

    @Option(names = "--schema-registry-url", paramLabel = "URL", description = "Registry; wins over --config.")
    private @Nullable String registry;

    /** The configuration, in which a topic stands for those that are not configured. */
    CredenceConfig load(String topic) {
        Map<String, String> more = new LinkedHashMap<>();
        if (brokers != null) {
            more.put("bootstrap.servers", brokers);
        }
        if (registry != null) {
            more.put("schema.registry.url", registry);
        }
        Map<String, String> otherwise = new HashMap<>(UNUSED);
        if (!configures(TopicSection.LABELLED) && !configures(TopicSection.UNLABELLED)) {
            otherwise.put(TopicSection.LABELLED, topic);
        }
        return options.load(more, otherwise);
    }

    /** Whether a setting is given by the user. */
    boolean configures(String key) {
        return options.settings().containsKey(key);
    }
}
