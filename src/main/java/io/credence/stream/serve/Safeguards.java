package io.credence.stream.serve;

import io.credence.bayes.linalg.Blas;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.StreamsDefaults;
import io.credence.stream.topology.CredenceTopology;
import io.credence.stream.topology.HostSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes it safe to run models in an application of Kafka Streams; the service itself is built on it. In this order:
 *
 * <pre>{@code
 * Safeguards safeguards = Safeguards.of(fares, tips);
 * KafkaStreams streams = new KafkaStreams(topology, safeguards.settings(own));
 * safeguards.prepare();
 * try (Guard guard = safeguards.attach(streams)) {
 *     streams.start();
 *     …
 * }
 * }</pre>
 */
public final class Safeguards {
    private static final Logger LOG = LoggerFactory.getLogger(Safeguards.class);
    private static final Duration ASKING = Duration.ofSeconds(5);

    private final List<CredenceConfig> models;
    private final Sizing sizing;
    private final ThreadPolicy policy;

    private Safeguards(List<CredenceConfig> models, long heapBytes) {
        this.models = models;
        this.sizing = new Sizing(models, heapBytes);
        this.policy = new ThreadPolicy(
                models.get(0).applicationId(),
                this::missingRights,
                patience(model -> model.service().outageTimeoutMs()),
                System::nanoTime);
    }

    /** A fault names topics, but not what we may not do with them; the broker does. */
    private Optional<String> missingRights() {
        try {
            List<String> missing = models.stream()
                    .flatMap(model -> new Preparation(model, new Retry(ASKING, () -> false)).missing().stream())
                    .distinct()
                    .toList();
            return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
        } catch (RuntimeException e) {
            LOG.debug("The rights are not known", e);
            return Optional.empty();
        }
    }

    /**
     * The safeguards of the models of one application.
     *
     * @param models at least one; those of one application have one {@code application.id}
     * @throws ConfigException if the application's ids differ
     */
    public static Safeguards of(CredenceConfig... models) {
        if (models.length == 0) {
            throw new IllegalArgumentException("there is nothing to guard without a model");
        }
        String application = models[0].applicationId();
        for (CredenceConfig model : models) {
            if (!model.applicationId().equals(application)) {
                throw new ConfigException(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        model.applicationId(),
                        "must be " + application + ", like that of the other models of this application");
            }
        }
        return new Safeguards(List.of(models), Runtime.getRuntime().maxMemory());
    }

    /**
     * The settings for Kafka Streams as the service has them: those of the first model's configuration over our
     * defaults, sized to the models.
     *
     * @throws ConfigException naming the key of what cannot work
     */
    public Properties settings() {
        return sizing.streams();
    }

    /**
     * The settings for Kafka Streams of an application of somebody else's: its own over our defaults, sized to the
     * models. Defaults stand only for what it has not set.
     *
     * @param host the application's own settings
     * @throws ConfigException one sentence for each setting that contradicts a required one, or naming the key of what
     *     cannot work
     */
    public Properties settings(Map<?, ?> host) {
        Map<String, Object> own = new LinkedHashMap<>();
        host.forEach((key, value) -> own.put(key.toString(), value));
        Properties all = new Properties();
        all.putAll(StreamsDefaults.under(own));
        Properties sized =
                sizing.streams(all, key -> own.containsKey(key) || own.containsKey(StreamsConfig.producerPrefix(key)));
        check(sized);
        return sized;
    }

    /**
     * Compares settings with what is required of them, without changing any.
     *
     * @param host the settings that Kafka Streams is to have
     * @throws ConfigException one sentence for each that contradicts: key, what was found, what must be
     */
    public void check(Map<?, ?> host) {
        List<String> refusals = refusals(host);
        if (!refusals.isEmpty()) {
            throw new ConfigException(String.join("\n", refusals));
        }
    }

    /** The sentences of {@link #check}. */
    List<String> refusals(Map<?, ?> host) {
        return models.stream()
                .flatMap(model -> CredenceTopology.requiredStreamsConfig(model).stream())
                .map((HostSetting setting) -> setting.refusal(host))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** What was found and chosen by {@link #settings}, one sentence each: for the log. */
    public List<String> notes() {
        return sizing.notes();
    }

    /**
     * Waits for the registry and the broker, creates or awaits every model's topics and checks them, and loads the native
     * code.
     *
     * @throws StartupException in one sentence, if something does not answer in time or a topic has the wrong shape
     */
    public void prepare() {
        prepare(() -> false);
    }

    /** @param cancelled whether nobody wants it any more */
    void prepare(BooleanSupplier cancelled) {
        CompletableFuture<Void> natives = CompletableFuture.runAsync(Blas::load);
        for (CredenceConfig model : models) {
            Duration limit = Duration.ofMillis(model.service().startupTimeoutMs());
            new Preparation(model, new Retry(limit, cancelled)).run();
        }
        natives.join();
    }

    /**
     * Guards Kafka Streams before it is started: a thread that dies is replaced, unless that happens too often, and every
     * thread is replaced after the machine's clock was set back. It concerns the application's own streams too, which
     * run in the same threads.
     *
     * @param streams not started yet
     * @return stops watching, and Kafka Streams, when it is closed
     */
    public Guard attach(KafkaStreams streams) {
        return attach(streams, System::currentTimeMillis);
    }

    /** @param wallClock milliseconds since the epoch, as the machine believes: it may jump */
    Guard attach(KafkaStreams streams, LongSupplier wallClock) {
        streams.setUncaughtExceptionHandler(policy);
        return new Guard(
                streams, models, wallClock, patience(model -> model.service().shutdownTimeoutMs()));
    }

    /** What {@link #attach} sets, for an application that asks it from a handler of its own. */
    public StreamsUncaughtExceptionHandler threadPolicy() {
        return policy;
    }

    /** Why Kafka Streams was stopped, one sentence, if it was stopped because of a fault. */
    Optional<String> cause() {
        return policy.cause();
    }

    private Duration patience(ToLongFunction<CredenceConfig> limit) {
        return Duration.ofMillis(models.stream().mapToLong(limit).max().orElse(0));
    }
}
