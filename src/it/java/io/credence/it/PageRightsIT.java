package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rights that the live page needs beside those of the service are on the page for operators, all of them and no more. */
@Timeout(300)
final class PageRightsIT {
    private static SecuredBroker broker;
    private static GroupPositions positions;
    private static SecuredWork work;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start("a password");
        work = new SecuredWork(broker);
        positions =
                new GroupPositions(broker.operator().get("bootstrap.servers").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        positions.close();
        broker.close();
    }

    @Test
    void shouldShowEverythingOnThePageWhenItMayReadWhatItWritesToo() throws Exception {
        CredenceConfig config = work.application("credence.http.port", "0", "credence.http.rate", "10000");
        broker.permit(work.resolved(config, "rights"));
        broker.permit(ofThePage(config));
        try (LogTape tape = new LogTape(Map.of("kafka.authorizer.logger", Level.INFO));
                CredenceService service = new CredenceService(config)) {
            service.start();
            work.feed(config);
            spoil(config);
            Wait.until("a page that shows all", positions, () -> {
                JsonNode moment = Moments.first(service).orElse(MissingNode.getInstance());
                return Stream.of("bands", "labels", "measures", "lag")
                                .allMatch(list -> moment.path(list).size() > 0)
                        && moment.at("/deadLetters/total").intValue() == 1;
            });

            List<Right> more = work.resolved(config, "more rights").stream()
                    .filter(right -> right.operation() != AclOperation.READ)
                    .toList();
            assertEquals(
                    List.of(),
                    tape.entries().stream()
                            .filter(line -> line.contains("is Denied"))
                            .filter(line -> more.stream().noneMatch(right -> right.isDenied(line)))
                            .toList());
        }
    }

    @Test
    void shouldNameEachTopicThatThePageMayNotReadAndWorkAsBefore() throws Exception {
        CredenceConfig config = work.application("credence.http.port", "0", "credence.http.rate", "10000");
        broker.permit(work.resolved(config, "rights"));
        try (LogTape tape = new LogTape(Map.of("io.credence", Level.WARN));
                CredenceService service = new CredenceService(config)) {
            service.start();
            work.feed(config);
            for (Right right : ofThePage(config)) {
                Wait.until("a word of " + right, positions, () -> tape.entries().stream()
                        .anyMatch(entry -> entry.contains("The live page does not show")
                                && entry.contains(right.name())
                                && entry.contains("the right READ")));
            }
            // Of what it may read it shows the labels.
            Wait.until("labels", positions, () -> Moments.first(service)
                    .map(moment -> moment.get("labels").size() > 0)
                    .orElse(false));
            Wait.until("what is scored", positions, () -> work.newest(config, "scored") > 0);
            assertEquals(0, service.exitCode());
        }
    }

    private static List<Right> ofThePage(CredenceConfig config) throws IOException {
        return work.resolved(config, "more rights").stream()
                .filter(right -> right.operation() == AclOperation.READ)
                .toList();
    }

    private static void spoil(CredenceConfig config) {
        try (var producer =
                new KafkaProducer<>(broker.operator(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    config.applicationId() + "-unlabelled", "no Avro".getBytes(StandardCharsets.UTF_8)));
        }
    }
}
