package io.credence.tool.demo;

import io.credence.stream.avro.BikeHour;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.HttpSection;
import io.credence.stream.serve.CredenceService;
import io.credence.tool.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The demo: the bike-sharing hours fed through the service while somebody watches.
 *
 * <p>Either all in this process ({@link #embedded}) or against a service that runs elsewhere ({@link #feed}). The feed,
 * the watch and the view are the same.
 */
public final class Demo {
    private static final String SETTINGS = "/demo/demo.properties";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LiveView view;
    private final List<BikeHour> hours;

    /**
     * @param out where the live view goes
     * @param terminal whether it may be redrawn in place
     */
    public Demo(PrintStream out, boolean terminal) {
        this.hours = BikeHours.load();
        this.view = new LiveView(out, terminal, hours.size());
    }

    /**
     * Starts a broker, a registry and the service in this process and feeds all hours.
     *
     * @param whenServed is given the address of the live page when it is there
     * @param whenDone runs when everything is learned and scored, while the service is still up
     * @return whether every hour was scored exactly once and learned exactly once
     * @throws TimeoutException if the stream stands still
     */
    public boolean embedded(Consumer<String> whenServed, WhenDone whenDone)
            throws InterruptedException, TimeoutException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Map<String, String> settings = settings(broker.bootstrapServers(), "mock://credence-demo");
            settings.put(HttpSection.PORT, "0");
            CredenceConfig config = CredenceConfig.of(settings);
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                service.httpAddress().ifPresent(whenServed);
                return run(config, service, whenDone);
            }
        }
    }

    /**
     * Feeds all hours to a service that runs elsewhere with the demo's configuration.
     *
     * @param bootstrap brokers, as in {@code bootstrap.servers}
     * @param registry schema registry, as in {@code schema.registry.url}
     * @return whether every hour was scored exactly once and learned exactly once
     * @throws TimeoutException if the stream stands still
     */
    public boolean feed(String bootstrap, String registry, WhenDone whenDone)
            throws InterruptedException, TimeoutException {
        return run(CredenceConfig.of(settings(bootstrap, registry)), null, whenDone);
    }

    /**
     * The bundled configuration of the demo, {@code demo/demo.properties}, as a user writes it.
     *
     * @param bootstrap value of {@code bootstrap.servers}
     * @param registry value of {@code schema.registry.url}
     */
    static Map<String, String> settings(String bootstrap, String registry) {
        Properties bundled = new Properties();
        try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(SETTINGS), SETTINGS)) {
            bundled.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(SETTINGS, e);
        }
        Map<String, String> settings = new HashMap<>();
        bundled.stringPropertyNames().forEach(key -> settings.put(key, bundled.getProperty(key)));
        settings.put("bootstrap.servers", bootstrap);
        settings.put("schema.registry.url", registry);
        return settings;
    }

    /** What is done with the result. */
    @FunctionalInterface
    public interface WhenDone {
        /** Takes the result; may block, the service stays up meanwhile. */
        void accept(DemoResult result) throws InterruptedException;
    }

    private boolean run(CredenceConfig config, @Nullable CredenceService service, WhenDone whenDone)
            throws InterruptedException, TimeoutException {
        DemoClients clients = new DemoClients(config);
        clients.awaitTopics(PATIENCE);
        DemoTally tally = new DemoTally(new LabelJoin(
                hours.stream().map(BikeHour::getId).toList(),
                hours.stream()
                        .mapToDouble(hour -> Objects.requireNonNull(hour.getCnt()))
                        .toArray()));
        if (service != null) {
            failWith(service, tally);
        }
        try (DemoWatch watch = clients.watch(tally);
                KafkaProducer<String, BikeHour> producer = clients.producer()) {
            watch.start();
            try (Looking looking = new Looking(view, tally)) {
                clients.feed(producer, tally).send(hours);
                tally.awaitAll(hours.size(), PATIENCE);
                watch.lastCall();
                tally.awaitEnd(PATIENCE);
            } catch (InterruptException e) {
                // Kafka's unchecked form sets the flag again, which would make every close below fail.
                Thread.interrupted();
                throw new InterruptedException(e.getMessage());
            }
            DemoResult result = tally.result(hours.size(), seconds());
            whenDone.accept(result);
            return result.scored() == hours.size()
                    && result.trained() == hours.size()
                    && tally.status().surplus() == 0;
        }
    }

    private static void failWith(CredenceService service, DemoTally tally) {
        Thread guard = new Thread(
                () -> {
                    try {
                        service.awaitStop();
                        tally.fail(new IllegalStateException("the service has stopped, see its log"));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "demo-guard");
        guard.setDaemon(true);
        guard.start();
    }

    /** Shows the tally at every period, and once at the end. */
    private static final class Looking implements AutoCloseable {
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final Runnable look;

        Looking(LiveView view, DemoTally tally) {
            look = () -> view.show(tally.status(), seconds());
            clock.scheduleAtFixedRate(look, 0, view.periodMs(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() throws InterruptedException {
            clock.shutdownNow();
            if (clock.awaitTermination(10, TimeUnit.SECONDS)) {
                look.run();
            }
        }
    }

    /** Seconds since the program started. */
    private static double seconds() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000.0;
    }
}
