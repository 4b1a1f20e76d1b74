package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.inference.LearnerState;
import io.credence.fixture.Points;
import io.credence.it.Cluster;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.Models;
import io.credence.stream.operate.Published;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker, one service's configuration on it, and what an operator does from outside. */
final class ModelFixture implements AutoCloseable {
    static final String LABELLED = "labels";
    static final String UNLABELLED = "events";

    final String application;
    final CredenceConfig config;
    private final Cluster cluster = new Cluster(Map.of());
    private final Points points;
    private final Path file;
    private final Map<String, Object> settings;
    private final long start = System.currentTimeMillis();

    ModelFixture(Path directory, String application, String... pairs) throws IOException {
        this.application = application;
        this.settings = new java.util.TreeMap<>(cluster.settings(
                application,
                Map.of(
                        "credence.topic.labelled", LABELLED,
                        "credence.topic.unlabelled", UNLABELLED,
                        "credence.features", "x",
                        "credence.hidden", "6",
                        "credence.publish.interval.ms", "50"),
                pairs));
        this.config = CredenceConfig.of(settings);
        this.file = Files.writeString(
                directory.resolve("service.properties"),
                settings.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n")));
        this.points = new Points(config.serde(), "x");
    }

    /** The service's configuration with some settings changed; null takes one away. */
    CredenceConfig changed(String... pairs) {
        Map<String, Object> other = new HashMap<>(settings);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] == null) {
                other.remove(pairs[i]);
            } else {
                other.put(pairs[i], pairs[i + 1]);
            }
        }
        return CredenceConfig.of(other);
    }

    /** Creates the topics of the service beforehand, with settings of their own. */
    void create(Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
            var topics = Stream.concat(config.topics().inputs(), config.topics().outputs())
                    .map(name -> new NewTopic(name, 1, (short) 1).configs(of(name, settings)))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private Map<String, String> of(String topic, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (topic.equals(config.topics().posteriors())) {
            all.put("cleanup.policy", "compact");
        }
        return all;
    }

    /** Runs a command and gives what it printed. */
    String run(int code, String... args) {
        StringWriter text = new StringWriter();
        PrintWriter both = new PrintWriter(text, true);
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", file.toString()));
        int exit = Main.commandLine().setOut(both).setErr(both).execute(all.toArray(new String[0]));
        assertEquals(code, exit, text.toString());
        return text.toString();
    }

    void train(int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            double x = (i * 7 % 13) / 3.0 - 2;
            records.add(points.at(start + i, LABELLED, "l" + i, x, 3 * x + 1 + 0.1 * (i % 3)));
        }
        cluster.send(records);
    }

    /** Sends an event to score; all have the same event time, as predictions depend on it. */
    void score(String id, double x) throws Exception {
        cluster.send(points.at(start + 1_000, UNLABELLED, id, x, null));
    }

    /** The published model once it has learned so many events. */
    LearnerState published(long events) {
        AtomicReference<Published> newest = new AtomicReference<>();
        cluster.await("a published model of " + events + " events", () -> {
            newest.set(new Models(config).list().get(""));
            return newest.get() != null && newest.get().state().events() == events;
        });
        return newest.get().state();
    }

    /** The scored record number n, from 0. */
    GenericRecord scored(int n) {
        return points.prediction(read(config.topics().scored(), n + 1).get(n).value());
    }

    /** The committed records of a topic from its beginning, once there are at least so many. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
        return cluster.read(topic, atLeast);
    }

    @Override
    public void close() {
        points.close();
        cluster.close();
    }
}
