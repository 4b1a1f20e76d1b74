package io.credence.stream.serve;

import io.credence.bayes.linalg.Blas;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.CredenceTopology;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
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

    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private final CredenceConfig config;
    private final LongSupplier wallClock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean failed;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable HealthEndpoints health;
    private volatile @Nullable ClockWatch watch;

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
        Sizing sizing = new Sizing(config, Runtime.getRuntime().maxMemory());
        Properties streamsSettings = sizing.streams();
        LOG.info("Starting {} with\n{}", config.applicationId(), settings());
        LOG.info("{}", topology.describe());
        sizing.notes().forEach(LOG::info);
        if (config.service().healthPort() != 0) {
            health = new HealthEndpoints(
                    config.service().healthHost(),
                    config.service().healthPort(),
                    () -> !failed,
                    this::ready,
                    this::state);
        }
        CompletableFuture<Void> natives = CompletableFuture.runAsync(Blas::load);
        new Preparation(config, new Retry(Duration.ofMillis(config.service().startupTimeoutMs()), closing::get)).run();
        natives.join();
        launch(topology, streamsSettings);
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

    /** The exit code as far as it is known: 1 after a fatal error, else 0. */
    public int exitCode() {
        return failed ? 1 : 0;
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
            stopStreams();
        } finally {
            HealthEndpoints open = health;
            if (open != null) {
                open.close();
            }
            LOG.info("Stopped {}", config.applicationId());
            stopped.countDown();
        }
    }

    /** Under the lock that closing takes, so that nothing starts once closing has begun. */
    private synchronized void launch(Topology topology, Properties settings) {
        if (closing.get()) {
            throw new StartupException("stopped before Kafka Streams was started");
        }
        KafkaStreams created = new KafkaStreams(topology, settings);
        created.setUncaughtExceptionHandler(
                new ThreadPolicy(Duration.ofMillis(config.service().outageTimeoutMs()), System::nanoTime));
        created.setStateListener((now, before) -> {
            LOG.info("Kafka Streams went from {} to {}", before, now);
            if (now == State.ERROR) {
                failed = true;
                stopped.countDown();
            }
        });
        streams = created;
        created.start();
        watch = ClockWatch.start(wallClock, () -> renewThreads(created));
    }

    /** Gives every stream thread a successor: whose clients, time-outs and tasks know nothing of the old time. */
    private static void renewThreads(KafkaStreams running) {
        int threads = running.metadataForLocalThreads().size();
        for (int i = 0; i < threads; i++) {
            if (running.addStreamThread().isPresent()) {
                remove(running);
            }
        }
    }

    /** One that hangs must not keep the others from being replaced. */
    private static void remove(KafkaStreams running) {
        try {
            running.removeStreamThread(RENEWAL);
        } catch (TimeoutException e) {
            LOG.warn("A stream thread did not end within {} s of being replaced", RENEWAL.toSeconds(), e);
        }
    }

    private synchronized void stopStreams() {
        ClockWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        KafkaStreams running = streams;
        if (running == null) {
            return;
        }
        // Without leaving, the group waits for the session timeout before it gives our partitions to the next instance.
        boolean inTime = running.close(
                CloseOptions.timeout(Duration.ofMillis(config.service().shutdownTimeoutMs()))
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!inTime) {
            failed = true;
            LOG.error(
                    "Kafka Streams did not stop within {} ms", config.service().shutdownTimeoutMs());
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
