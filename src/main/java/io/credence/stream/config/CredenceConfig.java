package io.credence.stream.config;

import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.inference.ModelSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of one service: every {@code credence.*} key as a typed record, everything else as Kafka
 * Streams and the schema registry client read it. Immutable.
 */
public final class CredenceConfig {
    /** What every key of ours begins with. */
    public static final String PREFIX = "credence.";

    private static final ConfigDef DEFINITION = define();

    private final Map<String, Object> written;
    private final Map<String, String> env;
    private final String applicationId;
    private final String prefix;
    private final TopicSection topics;
    private final EventSection events;
    private final ModelSpec model;
    private final ScoringSection scoring;
    private final WarmupSection warmup;
    private final LabelsSection labels;
    private final int recordBytes;
    private final PublishSection publishing;
    private final AlertSection alerts;
    private final ServiceSection service;
    private final HttpSection http;
    private final OtlpSection otlp;
    private final Map<String, Object> others;
    private final SortedMap<String, String> masked;

    private CredenceConfig(Map<String, ?> written, Map<String, String> env) {
        this.written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        this.env = Map.copyOf(env);
        Map<String, Object> resolved = Variables.resolve(written, env);
        AbstractConfig config = parse(resolved);
        others = Collections.unmodifiableMap(Credentials.apart(others(resolved)));
        StreamsConfig streams = new StreamsConfig(StreamsDefaults.under(others));
        applicationId = streams.getString(StreamsConfig.APPLICATION_ID_CONFIG);
        Allowed.application().ensureValid(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        prefix = config.getString(TopicSection.NAME_PREFIX);
        events = EventSection.events(config);
        model = ModelSpecs.of(config);
        boolean past = !PastPlan.of(model.features().specs()).empty();
        topics = TopicSection.topics(config, scope(), past);
        scoring = ScoringSection.scoring(config);
        warmup = WarmupSection.warmup(config);
        labels = LabelsSection.labels(config);
        recordBytes = RecordLimit.of(others);
        publishing = PublishSection.publishing(config, recordBytes);
        alerts = AlertSection.alerts(config);
        service = ServiceSection.service(config);
        http = HttpSection.http(config);
        otlp = OtlpSection.otlp(config);
        CrossChecks.check(topics, events, labels, model, warmup.policy());
        masked = Collections.unmodifiableSortedMap(masked(config, written));
    }

    /** Every {@code credence.*} key with type, default, allowed values and doc. A fresh copy. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /**
     * Checks settings that are already merged; {@code ${env:…}} reads this process's environment.
     *
     * @param settings the keys as a user writes them; values may be text or already typed
     * @throws ConfigException naming the key, the value and the allowed values
     */
    public static CredenceConfig of(Map<String, ?> settings) {
        return new CredenceConfig(settings, System.getenv());
    }

    /**
     * The same for {@link Properties}, their defaults among them.
     *
     * @throws ConfigException naming the key, the value and the allowed values
     */
    public static CredenceConfig of(Properties settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        settings.stringPropertyNames().forEach(key -> all.put(key, settings.getProperty(key)));
        settings.forEach((key, value) -> all.put(String.valueOf(key), value));
        return of(all);
    }

    /**
     * Merges the layers, later ones winning, and checks them: properties file, environment
     * ({@code CREDENCE_BATCH_SIZE} is {@code credence.batch.size}), command line. {@code ${env:NAME}} and
     * {@code ${file:/path:key}} are replaced.
     *
     * @throws ConfigException if the file cannot be read, or naming the key, the value and the allowed values
     */
    public static CredenceConfig load(@Nullable Path file, Map<String, String> env, Map<String, String> overrides) {
        return new CredenceConfig(SettingSources.merge(file, env, overrides, DEFINITION.names()), env);
    }

    /**
     * The merged layers, as in {@link #load}, before they are checked: for {@link #of} and {@link #modelOnly}.
     *
     * @throws ConfigException if the file cannot be read, a variable has no value or a {@code credence.*} key is
     *     unknown
     */
    public static Map<String, Object> settings(
            @Nullable Path file, Map<String, String> env, Map<String, String> overrides) {
        Map<String, String> merged = SettingSources.merge(file, env, overrides, DEFINITION.names());
        SettingSources.refuseUnknown(merged.keySet(), DEFINITION.names());
        return Variables.resolve(merged, env);
    }

    /**
     * The model alone, without topics or broker: needs {@code credence.features} and, for several classes,
     * {@code credence.task} and {@code credence.classes}.
     *
     * @throws ConfigException naming the key, the value and the allowed values
     */
    public static ModelSpec modelOnly(Map<String, ?> settings) {
        return ModelSpecs.of(parse(Variables.resolve(settings, System.getenv())));
    }

    /** The service's name: {@code application.id}. */
    public String applicationId() {
        return applicationId;
    }

    /** What tells this model apart from others of one application: {@code credence.prefix}; usually empty. */
    public String prefix() {
        return prefix;
    }

    /** What the names of our topics begin with, where they are unset: {@code application.id}, hyphen and prefix. */
    public String scope() {
        return prefix.isEmpty() ? applicationId : applicationId + "-" + prefix;
    }

    /**
     * The same configuration for a model of another name in the same application: names of nodes and stores, and of
     * topics that are not set, follow the prefix.
     *
     * @param prefix letters, digits, '.', '_' and '-'; empty for none
     * @throws ConfigException naming {@code credence.prefix}, if it is not of that form
     */
    public CredenceConfig withPrefix(String prefix) {
        Map<String, Object> settings = new LinkedHashMap<>(written);
        settings.put(TopicSection.NAME_PREFIX, prefix);
        return new CredenceConfig(settings, env);
    }

    /** The topics. */
    public TopicSection topics() {
        return topics;
    }

    /** Where label, model key and event id are found. */
    public EventSection events() {
        return events;
    }

    /** What the model is and how it learns. */
    public ModelSpec model() {
        return model;
    }

    /** The scorer's micro-batches. */
    public ScoringSection scoring() {
        return scoring;
    }

    /** What becomes of events that are to be scored while their model is warming up. */
    public WarmupSection warmup() {
        return warmup;
    }

    /** What becomes of labels that come later, and of repeats. */
    public LabelsSection labels() {
        return labels;
    }

    /** When the learner's state is written. */
    public PublishSection publishing() {
        return publishing;
    }

    /**
     * The largest record of our own making, bytes: {@code producer.max.request.size}, or what Kafka's topics take by
     * default where that is not set.
     */
    public int recordBytes() {
        return recordBytes;
    }

    /** Whether the user set a key that is not ours, with or without the prefix {@code producer.}. */
    public boolean sets(String key) {
        return others.containsKey(key) || others.containsKey(StreamsConfig.producerPrefix(key));
    }

    /** When a prediction counts as uncertain. */
    public AlertSection alerts() {
        return alerts;
    }

    /** Health endpoints and patience. */
    public ServiceSection service() {
        return service;
    }

    /** The HTTP API and the live page. */
    public HttpSection http() {
        return http;
    }

    /** Where the meters are sent. */
    public OtlpSection otlp() {
        return otlp;
    }

    /**
     * The settings for the serde and the registry client, unprefixed as a Kafka user writes them: every key that is
     * not ours, and {@code credence.value.serde} if it is set.
     */
    public Map<String, Object> serde() {
        Map<String, Object> settings = new LinkedHashMap<>(others);
        if (events.valueSerde() != null) {
            settings.put(EventSection.SERDE, events.valueSerde());
        }
        return settings;
    }

    /** The settings for Kafka Streams: every key that is not ours over our defaults. A fresh copy. */
    public Properties streams() {
        Properties properties = new Properties();
        properties.putAll(StreamsDefaults.under(others));
        return properties;
    }

    /** Every setting in force as text for the log, secrets hidden, sorted by key. */
    public SortedMap<String, String> masked() {
        return masked;
    }

    private SortedMap<String, String> masked(AbstractConfig config, Map<String, ?> written) {
        SortedMap<String, String> shown = new TreeMap<>();
        config.values().forEach((key, value) -> shown.put(key, Secrets.mask(key, value, written.get(key))));
        TopicSection.names(topics).forEach((key, topic) -> shown.replace(key, Secrets.UNSET, topic));
        StreamsDefaults.under(others)
                .forEach((key, value) -> shown.put(key, Secrets.mask(key, value, written.get(key))));
        return shown;
    }

    private static AbstractConfig parse(Map<String, ?> resolved) {
        SettingSources.refuseUnknown(resolved.keySet(), DEFINITION.names());
        return new AbstractConfig(DEFINITION, resolved, false);
    }

    private static Map<String, Object> others(Map<String, Object> resolved) {
        Map<String, Object> others = new LinkedHashMap<>(resolved);
        others.keySet().removeIf(key -> key.startsWith(PREFIX));
        return others;
    }

    private static ConfigDef define() {
        ConfigDef def = new ConfigDef();
        TopicSection.define(def);
        EventSection.define(def);
        NetworkSection.define(def);
        LearningSection.define(def);
        UpdateSection.define(def);
        ScoringSection.define(def);
        WarmupSection.define(def);
        LabelsSection.define(def);
        PublishSection.define(def);
        AlertSection.define(def);
        ServiceSection.define(def);
        HttpSection.define(def);
        return OtlpSection.define(def);
    }
}
