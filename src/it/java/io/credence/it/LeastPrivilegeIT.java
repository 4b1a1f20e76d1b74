package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import io.credence.fixture.GroupPositions;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rights on the page for operators are what a service needs over TLS and SASL/SCRAM, all of it and no more: with exactly
 * these it learns, scores and starts again, and without any one of them it says which and stops.
 */
@Timeout(300)
final class LeastPrivilegeIT {
    private static final List<String> INPUTS = List.of("labelled", "unlabelled");
    private static final List<String> OUTPUTS =
            List.of("training", "posteriors", "changes", "metrics", "scored", "notices", "alerts", "dead-letters");

    private static SecuredBroker broker;
    private static GroupPositions positions;
    private static int applications;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start("a password");
        positions =
                new GroupPositions(broker.operator().get("bootstrap.servers").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        positions.close();
        broker.close();
    }

    static List<Right> needed() throws IOException {
        return Right.onThePage("rights");
    }

    @Test
    void shouldBeDeniedNothingButWhatThePageCallsMoreWhenItHasExactlyTheRightsOnThePage() throws Exception {
        CredenceConfig config = application();
        broker.permit(resolved(config, "rights"));
        try (LogTape tape = new LogTape(Map.of("kafka.authorizer.logger", Level.INFO))) {
            assertEquals(Optional.empty(), twice(config));

            List<Right> more = resolved(config, "more rights");
            assertEquals(
                    List.of(),
                    tape.entries().stream()
                            .filter(line -> line.contains("is Denied"))
                            .filter(line -> more.stream().noneMatch(right -> right.isDenied(line)))
                            .toList());
        }
    }

    @Test
    void shouldLearnAndScoreWithTheSameRightsWhenTheBrokerSharesTheTasks() throws Exception {
        CredenceConfig config = application("group.protocol", "streams");
        broker.permit(resolved(config, "rights"));

        assertEquals(Optional.empty(), twice(config));
    }

    @Test
    void shouldNeedNoRightOfTheScorerWhenItOnlyLearns() throws Exception {
        CredenceConfig config = application("credence.topic.unlabelled", "");
        broker.permit(resolved(config, "rights").stream()
                .filter(right -> !right.name().matches(".*-(unlabelled|scored|score-)"))
                .toList());
        feed(config);

        assertEquals(Optional.empty(), once(config, "posteriors", 1));
        assertEquals(Optional.empty(), once(config, "posteriors", 1));
    }

    @Test
    void shouldNeedNoRightOfTheLearnerWhenItOnlyScores() throws Exception {
        // There is nobody who learns: its events are scored with the prior.
        CredenceConfig config = application("credence.topic.labelled", "", "credence.warmup.policy", "flag");
        broker.permit(resolved(config, "rights").stream()
                .filter(right -> !right.name().matches(".*-(labelled|training|changes|metrics|learner-)"))
                .filter(right -> !(right.name().endsWith("-posteriors") && right.operation() == AclOperation.WRITE))
                .toList());
        feed(config);

        assertEquals(Optional.empty(), once(config, "scored", 1));
        assertEquals(Optional.empty(), once(config, "scored", 1));
    }

    @Test
    void shouldCreateItsTopicsAndMissNoRightWhenItHasTheFurtherRightsToo() throws Exception {
        CredenceConfig config = application("credence.topics.create", "true");
        broker.permit(resolved(config, "rights"));
        broker.permit(resolved(config, "more rights"));
        try (LogTape tape = new LogTape(Map.of("io.credence", Level.WARN))) {
            assertEquals(Optional.empty(), twice(config));

            assertEquals(
                    List.of(),
                    tape.entries().stream()
                            .filter(entry -> entry.contains("io.credence") && entry.contains("right"))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("needed")
    void shouldStopAndNameTheRightWhenOneOfThePageIsMissing(Right missing) throws Exception {
        CredenceConfig config = application();
        broker.permit(needed().stream()
                .filter(right -> !right.equals(missing))
                .map(right -> right.of(config.masked()))
                .toList());

        String said = twice(config).orElseGet(() -> fail("it learns, scores and starts again without " + missing));

        assertTrue(said.startsWith("the right " + missing.operation() + " on the "), said);
        assertTrue(said.contains(" " + missing.of(config.masked()).name()), said);
        assertEquals(0, said.lastIndexOf("the right "), said);
    }

    private static List<Right> resolved(CredenceConfig config, String table) throws IOException {
        Map<String, Object> settings = new HashMap<>(config.masked());
        for (String input : INPUTS) {
            settings.put("credence.topic." + input, config.applicationId() + "-" + input);
        }
        return Right.onThePage(table).stream().map(right -> right.of(settings)).toList();
    }

    /** Runs a service until it has learned and scored, and then again; gives what it said if it stopped by itself. */
    private static Optional<String> twice(CredenceConfig config) throws Exception {
        feed(config);
        Optional<String> first = once(config, "scored", 1);
        if (first.isPresent()) {
            return first;
        }
        feed(config);
        return once(config, "scored", 1 + newest(config, "scored"));
    }

    private static Optional<String> once(CredenceConfig config, String topic, long end) throws Exception {
        try (CredenceService service = new CredenceService(config)) {
            try {
                service.start();
            } catch (StartupException e) {
                return Optional.of(e.getMessage());
            }
            Wait.until(
                    "an end, or a service that learns and scores",
                    positions,
                    () -> service.exitCode() != 0
                            || newest(config, topic) >= end
                                    && service.ready()
                                    && (config.topics().labelled() == null
                                            || newest(config, "posteriors") > 0 && newest(config, "metrics") > 0));
            assertEquals(service.cause().isPresent() ? 1 : 0, service.exitCode());
            return service.cause();
        }
    }

    /** The end of what is committed on a topic. */
    private static long newest(CredenceConfig config, String topic) {
        Map<String, Object> settings = broker.operator();
        settings.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(config.applicationId() + "-" + topic, 0);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    private static void feed(CredenceConfig config) throws Exception {
        try (Points points = new Points(config.serde(), "x");
                var producer =
                        new KafkaProducer<>(broker.operator(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 10; i++) {
                for (String topic : INPUTS) {
                    String name = config.applicationId() + "-" + topic;
                    Double label = topic.equals("labelled") ? (Double) (i / 5.0) : null;
                    producer.send(new ProducerRecord<>(name, points.bytes(name, i / 10.0, label)));
                }
            }
        }
    }

    /** A configuration with its topics, of which it creates those that it writes to if it says so; {@code ""} unsets. */
    private static CredenceConfig application(String... more) throws Exception {
        String application = "least" + applications++;
        Map<String, Object> settings = broker.service();
        settings.put("application.id", application);
        settings.put("schema.registry.url", "mock://" + application);
        settings.put("credence.topic.labelled", application + "-labelled");
        settings.put("credence.topic.unlabelled", application + "-unlabelled");
        settings.put("credence.topics.create", "false");
        settings.put("credence.label", "y");
        settings.put("credence.features", "x");
        settings.put("credence.hidden", "4");
        settings.put("credence.publish.interval.ms", "50");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        settings.values().removeIf(""::equals);
        CredenceConfig config = CredenceConfig.of(settings);
        try (Admin admin = Admin.create(broker.operator())) {
            Stream<String> made =
                    config.topics().create() ? INPUTS.stream() : Stream.concat(INPUTS.stream(), OUTPUTS.stream());
            admin.createTopics(made.map(topic -> new NewTopic(application + "-" + topic, 1, (short) 1)
                                    .configs(Map.of(
                                            "cleanup.policy", topic.equals("posteriors") ? "compact" : "delete")))
                            .toList())
                    .all()
                    .get();
        }
        return config;
    }
}
