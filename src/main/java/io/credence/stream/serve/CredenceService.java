package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.http.HttpServer;
import io.credence.stream.http.OtlpPush;
import io.credence.stream.topology.CredenceTopology;
import io.credence.stream.topology.Names;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: broker, registry and topics made ready, the topology started, health served, stopped cleanly.
 * One use. {@link #close} may be called from any thread, at any time.
 */
public final class CredenceService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredenceService.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final CredenceConfig config;
    private final LongSupplier wallClock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean failed;
    /** Of the thread that watches. */
    private volatile boolean changelogsChecked;

    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable HealthEndpoints health;
    private volatile @Nullable HttpServer http;
    private volatile @Nullable OtlpPush otlp;
    private volatile @Nullable Guard guard;
    private volatile @Nullable Safeguards guards;
    private volatile @Nullable InputWatch watch;
    private volatile @Nullable String fault;

    /** @param config the checked configuration */
    public CredenceService(CredenceConfig config) {
        this(config, System::currentTimeMillis);
    }

    /** @param wallClock milliseconds since the epoch, as the machine believes: it may jump */
    CredenceService(CredenceConfig config, LongSupplier wallClock) {
        this.config = config;
        this.wallClock = wallClock;
    }

    /**
     * Waits for the broker and the registry, creates or awaits the topics, and starts Kafka Streams. Returns as soon as
     * it has been started; {@link #ready} tells when it runs.
     *
     * @throws StartupException in one sentence, if something does not answer in time or a topic has the wrong shape
     * @throws org.apache.kafka.common.config.ConfigException if a setting is found to be wrong only now
     */
    public void start() {
        Topology topology = CredenceTopology.build(config);
        Safeguards safeguards = Safeguards.of(config);
        Properties streamsSettings = safeguards.settings();
        LOG.info("Starting {} with\n{}", config.applicationId(), settings());
        LOG.info("{}", topology.describe());
        safeguards.notes().forEach(LOG::info);
        // The operator of a service may give up a guarantee; a program that embeds us may not do so unawares.
        safeguards.refusals(streamsSettings).forEach(LOG::warn);
        if (config.service().healthPort() != 0) {
            health = new HealthEndpoints(
                    config.service().healthHost(),
                    config.service().healthPort(),
                    () -> !failed,
                    this::ready,
                    this::state);
        }
        HttpServer asked = config.http().port() == null ? null : openHttp();
        if (config.otlp().url() != null) {
            openOtlp();
        }
        safeguards.prepare(closing::get);
        if (asked != null) {
            asked.follow();
        }
        launch(topology, streamsSettings, safeguards);
        watch = new InputWatch(
                        () -> {
                            checkChangelogs();
                            return preparation(LOOK).inputs();
                        },
                        () -> relaunch(streamsSettings, safeguards),
                        config.applicationId())
                .start();
    }

    private HttpServer openHttp() {
        try {
            HttpServer opened = new HttpServer(
                            config, new AskedInstance(this, Names.of(config).posteriorsGlobal()))
                    .start();
            http = opened;
            return opened;
        } catch (IllegalStateException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        } catch (NoClassDefFoundError e) {
            throw new StartupException(
                    "credence.http.port is set, but io.javalin:javalin or io.micrometer:micrometer-registry-prometheus is not"
                            + " on the class path",
                    e);
        }
    }

    private void openOtlp() {
        try {
            otlp = new OtlpPush(config, new AskedInstance(this, Names.of(config).posteriorsGlobal()));
        } catch (NoClassDefFoundError e) {
            throw new StartupException(
                    "credence.otlp.url is set, but io.micrometer:micrometer-registry-otlp is not on the class path", e);
        }
    }

    private Preparation preparation(Duration limit) {
        return new Preparation(config, new Retry(limit, closing::get));
    }

    /** Makes the changelogs fit input topics that have grown, and starts Kafka Streams anew, which then reads them all. */
    private synchronized void relaunch(Properties settings, Safeguards safeguards) {
        KafkaStreams running = streams;
        if (closing.get() || failed || running == null) {
            return;
        }
        LOG.info("Starting the streams anew, for the partitions that were added");
        running.pause();
        try {
            preparation(Duration.ofMillis(config.service().startupTimeoutMs())).grow();
            stopStreams();
            if (failed) {
                throw new StartupException(
                        "the streams did not stop in time to be started anew: start the service again");
            }
            launch(CredenceTopology.build(config), settings, safeguards);
        } catch (StartupException e) {
            stop(e.getMessage());
        }
    }

    /**
     * Once Kafka Streams has created its changelogs, the broker says what we may do with them. A right to read them would
     * be missed only at the next start.
     */
    private void checkChangelogs() {
        if (changelogsChecked || !ready()) {
            return;
        }
        List<String> missing = preparation(LOOK).missingOnChangelogs();
        changelogsChecked = true;
        if (!missing.isEmpty()) {
            stop(String.join("; ", missing));
        }
    }

    private void stop(@Nullable String sentence) {
        if (!closing.get()) {
            fault = sentence;
            failed = true;
            stopped.countDown();
        }
    }

    /** Kafka Streams as it runs now; it may be started anew. */
    Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** Whether Kafka Streams is in state RUNNING. */
    public boolean ready() {
        KafkaStreams running = streams;
        return running != null && running.state() == State.RUNNING;
    }

    /** The state of Kafka Streams, or STARTING before there is any. */
    public String state() {
        KafkaStreams running = streams;
        return running == null ? "STARTING" : running.state().name();
    }

    /** Where the HTTP API is, with a slash at the end; empty without {@code credence.http.port} or before the start. */
    public Optional<String> httpAddress() {
        HttpServer open = http;
        return open == null ? Optional.empty() : Optional.of(open.address());
    }

    /** The exit code as far as it is known: 1 after a fatal error, else 0. */
    public int exitCode() {
        return failed ? 1 : 0;
    }

    /** Why the service stopped by itself, one sentence; empty if it did not. */
    public Optional<String> cause() {
        Safeguards known = guards;
        return fault != null ? Optional.of(fault) : known == null ? Optional.empty() : known.cause();
    }

    /**
     * Blocks until the service has stopped.
     *
     * @return 0 after {@link #close}, 1 after a fatal error
     */
    public int awaitStop() throws InterruptedException {
        stopped.await();
        return exitCode();
    }

    /** Commits, leaves the consumer group and stops everything. Idempotent; a second caller waits for the first. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            awaitFirstCaller();
            return;
        }
        try {
            InputWatch watching = watch;
            if (watching != null) {
                watching.close();
            }
            stopStreams();
        } finally {
            HttpServer asked = http;
            if (asked != null) {
                asked.close();
            }
            OtlpPush sent = otlp;
            if (sent != null) {
                sent.close();
            }
            HealthEndpoints open = health;
            if (open != null) {
                open.close();
            }
            cause().ifPresentOrElse(
                            // The last line of the log, after everything that stopped because of it.
                            why -> LOG.error("Stopped {}: {}", config.applicationId(), why),
                            () -> LOG.info("Stopped {}", config.applicationId()));
            stopped.countDown();
        }
    }

    /** Under the lock that closing takes, so that nothing starts once closing has begun. */
    private synchronized void launch(Topology topology, Properties settings, Safeguards safeguards) {
        if (closing.get()) {
            throw new StartupException("stopped before Kafka Streams was started");
        }
        KafkaStreams created = new KafkaStreams(topology, settings);
        created.setStateListener((now, before) -> {
            LOG.info("Kafka Streams went from {} to {}", before, now);
            // Not only ERROR: Kafka Streams waits up to five minutes for a thread that restored state and has died.
            if (now == State.PENDING_ERROR || now == State.ERROR) {
                failed = true;
                stopped.countDown();
            }
        });
        guards = safeguards;
        guard = safeguards.attach(created, wallClock);
        streams = created;
        created.start();
    }

    private synchronized void stopStreams() {
        Guard guarding = guard;
        if (guarding != null && !guarding.stop()) {
            failed = true;
        }
    }

    private void awaitFirstCaller() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String settings() {
        return config.masked().entrySet().stream()
                .map(entry -> "    " + entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
