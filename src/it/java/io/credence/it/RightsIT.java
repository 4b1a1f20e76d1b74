package io.credence.it;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that may do less than it needs, on a broker that knows what each may. */
@Timeout(180)
final class RightsIT {
    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start("a password");
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void shouldSayOnceWhichRightIsMissingWhenTheSettingsOfTopicsMayNotBeKnown() throws Exception {
        CredenceConfig config = permitted("blind");
        broker.forbid(TOPIC, "blind-posteriors", DESCRIBE_CONFIGS);

        try (LogTape tape = new LogTape(Map.of("io.credence", Level.INFO));
                CredenceService service = new CredenceService(config)) {
            service.start();
            List<String> said = tape.entries().stream()
                    .filter(entry -> entry.contains("DESCRIBE_CONFIGS"))
                    .toList();
            assertEquals(1, said.size(), said.toString());
            assertTrue(
                    said.get(0).contains("the right DESCRIBE_CONFIGS is missing on the topic(s) blind-posteriors, so"),
                    said.get(0));
        }
    }

    @Test
    void shouldRefuseAtTheStartAndNameRightAndResourceWhenATopicMayNotBeWritten() throws Exception {
        CredenceConfig config = permitted("mute");
        broker.forbid(TOPIC, "mute-scored", WRITE);

        assertEquals(
                "the right WRITE on the topic mute-scored is missing: grant it to the user that this service connects as"
                        + " (kafka-acls.sh --add), and start the service again",
                refused(config));
    }

    @Test
    void shouldRefuseAtTheStartAndNameTheGroupWhenItMayNotBeJoined() throws Exception {
        CredenceConfig config = permitted("alone");
        broker.forbid(GROUP, "alone", READ, DESCRIBE);

        String said = refused(config);

        assertTrue(said.startsWith("the right READ on the group alone is missing"), said);
    }

    @Test
    void shouldStopWithOneSentenceAndReplaceNoThreadWhenTransactionsMayNotBeWritten() throws Exception {
        CredenceConfig config = permitted("loose");
        broker.forbidAll(TRANSACTIONAL_ID, "loose", WRITE);

        try (LogTape tape = new LogTape(Map.of("io.credence", Level.INFO))) {
            String cause;
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                assertEquals(1, service.awaitStop());
                cause = service.cause().orElseThrow();
            }
            assertTrue(
                    cause.startsWith(
                            "the right WRITE on the transactional ids that begin with loose- is missing: grant it"),
                    cause);
            List<String> log = tape.entries();
            assertTrue(log.get(log.size() - 1).contains("Stopped loose: " + cause), log.toString());
            assertTrue(log.stream().noneMatch(entry -> entry.contains("replacing it")), log.toString());
        }
    }

    private static String refused(CredenceConfig config) {
        try (CredenceService service = new CredenceService(config)) {
            return assertThrows(StartupException.class, service::start).getMessage();
        }
    }

    /** A configuration whose topics are there and that may do all it needs. */
    private static CredenceConfig permitted(String application) throws Exception {
        Map<String, Object> settings = broker.service();
        settings.put("application.id", application);
        settings.put("schema.registry.url", "mock://" + application);
        settings.put("credence.topic.labelled", application + "-labels");
        settings.put("credence.topic.unlabelled", application + "-events");
        settings.put("credence.label", "y");
        settings.put("credence.features", "x");
        settings.put("credence.hidden", "4");
        broker.permit(TOPIC, application, READ, WRITE, CREATE, DESCRIBE, DESCRIBE_CONFIGS);
        broker.permit(GROUP, application, READ, DESCRIBE);
        broker.permit(TRANSACTIONAL_ID, application, WRITE, DESCRIBE);
        return CredenceConfig.of(settings);
    }
}
