package io.credence.stream.http;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.JsonEvents;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.topology.Names;
import io.credence.stream.wire.CredenceSerde;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A server on a free port, and a model that has learned 40 events: y = 2 x, at two colours, or classes by turns. */
final class Standing implements AutoCloseable {
    /** The model, where there is a field that names it. */
    static final String KEY = "north/50% ;π";

    /** The members of every problem. */
    static final Set<String> PROBLEM = Set.of("type", "title", "status", "detail", "errors");

    final Still instance;
    private final CredenceConfig config;
    private final HttpServer server;

    Standing(String... pairs) {
        config = config(pairs);
        instance = new Still(config);
        server = new HttpServer(config, instance).start();
    }

    /** The configuration of the server, with these settings changed; an empty one is left out. */
    static CredenceConfig config(String... pairs) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "application.id", "standing",
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://standing",
                "credence.topic.labelled", "labels",
                "credence.topic.unlabelled", "events",
                "credence.label", "y",
                "credence.features", "x,colour:onehot(red,blue)",
                "credence.hidden", "4",
                "credence.http.port", "0"));
        settings.put("credence.http.rate", "10000");
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        settings.values().removeIf(""::equals);
        return CredenceConfig.of(settings);
    }

    List<Api.Route> routes() {
        return server.routes();
    }

    /** What Prometheus reads now. */
    String scrape() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "metrics"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return URI.create(server.address()).getPort();
    }

    @Override
    public void close() {
        server.close();
    }

    /** An instance without streams. */
    static final class Still implements Instance {
        private final KeyValueStore<Bytes, byte[]> store;
        private final Map<MetricName, KafkaMetric> metrics = new ConcurrentHashMap<>();
        private final CredenceConfig config;
        volatile boolean started = true;
        volatile boolean broken;

        Still(CredenceConfig config) {
            MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
            store = StoreBuilders.global(new Names("").posteriorsGlobal()).build();
            store.init(context.getStateStoreContext(), store);
            this.config = config;
            this.publish(config.events().modelKey() == null ? "" : KEY);
        }

        /** Publishes a model; a newer one takes its place. */
        final void publish(String modelKey) {
            publish(modelKey, config);
        }

        /** Publishes a model of some configuration, whose features are those of ours. */
        final void publish(String modelKey, CredenceConfig config) {
            OnlineLearner learner = OnlineLearner.create(config.model(), modelKey);
            JsonEvents reader = new JsonEvents(config.model().features());
            int classes = config.model().label().classCount();
            for (int i = 0; i < 40; i++) {
                double x = i % 7 / 3.0;
                learner.fold(new Observation(
                        modelKey,
                        "",
                        i,
                        reader.read(Body.JSON.createObjectNode().put("x", x).put("colour", i % 2 == 0 ? "red" : "blue"))
                                .orElseThrow(),
                        classes > 0 ? i % classes : 2 * x + (i % 3) / 10.0));
            }
            try (var serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
                for (PosteriorChunk chunk : PosteriorChunks.split(learner.state(), 4_096, Instant.now())) {
                    String key = PosteriorChunks.key(modelKey, chunk.getIndex());
                    store.put(
                            Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)),
                            serde.serializer().serialize("standing-posteriors", chunk));
                }
            }
        }

        @Override
        public boolean live() {
            if (broken) {
                throw new StackOverflowError("hush");
            }
            return true;
        }

        @Override
        public boolean ready() {
            return started;
        }

        @Override
        public String state() {
            return started ? "RUNNING" : "REBALANCING";
        }

        @Override
        public Optional<String> cause() {
            return Optional.empty();
        }

        @Override
        public Map<MetricName, ? extends Metric> metrics() {
            return metrics;
        }

        @Override
        public Optional<KafkaStreams> streams() {
            return Optional.empty();
        }

        /** Sets a metric as a task of ours has it. */
        void metric(String name, double value, String... tags) {
            Map<String, String> all = new HashMap<>(Map.of("task-id", "0_0"));
            for (int i = 0; i < tags.length; i += 2) {
                all.put(tags[i], tags[i + 1]);
            }
            MetricName full = new MetricName(name, Names.METRICS_GROUP, "", all);
            metrics.put(
                    full,
                    new KafkaMetric(
                            new Object(),
                            full,
                            (Gauge<Double>) (config, now) -> value,
                            new MetricConfig(),
                            Time.SYSTEM));
        }

        @Override
        public ReadOnlyKeyValueStore<Bytes, byte[]> models() {
            if (!started) {
                throw new InvalidStateStoreException("not yet");
            }
            return store;
        }
    }
}
