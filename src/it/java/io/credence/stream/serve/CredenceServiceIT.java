package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.tool.broker.EmbeddedBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredenceServiceIT {
    private static EmbeddedBroker broker;
    private static GroupPositions positions;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        positions = new GroupPositions(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        positions.close();
        broker.close();
    }

    @Test
    void shouldRunAndStopWhenNoTopicIsThere() throws Exception {
        CredenceConfig config = config("fresh");
        CredenceService service = new CredenceService(config);
        assertFalse(service.ready());

        service.start();
        Wait.until("a service that is ready", positions, service::ready);
        assertEquals("compact", setting("fresh-posteriors", "cleanup.policy"));
        assertEquals("16777216", setting("fresh-posteriors", "segment.bytes"));
        assertEquals("-1", setting("fresh-training", "retention.ms"));
        service.close();
        service.close();

        assertEquals(0, service.awaitStop());
        assertFalse(service.ready());
    }

    @Test
    void shouldNeedNoDiskWhenTheStateDirectoryCannotBeWritten() throws Exception {
        Map<String, Object> settings = TopicPlanTest.settings(
                "application.id",
                "diskless",
                "bootstrap.servers",
                broker.bootstrapServers(),
                "state.dir",
                "/proc/none");
        try (CredenceService service = new CredenceService(CredenceConfig.of(settings))) {
            service.start();
            Wait.until("a service that is ready", positions, service::ready);
        }
    }

    @Test
    void shouldTakeOverAtOnceWhenTheInstanceBeforeHasStopped() throws Exception {
        CredenceConfig config = config("again");
        try (CredenceService first = new CredenceService(config)) {
            first.start();
            Wait.until("a first service that is ready", positions, first::ready);
        }
        // A member that had stayed in the group would hold its partitions for the session timeout.
        assertEquals(0, members("again"));
        try (CredenceService second = new CredenceService(config)) {
            second.start();
            Wait.until("a second service that is ready", positions, second::ready);
        }
    }

    @Test
    void shouldNameTheTopicsWhenTheyMayNotBeCreatedAndDoNotCome() {
        CredenceConfig config =
                config("absent", "credence.topics.create", "false", "credence.startup.timeout.ms", "2000");

        try (CredenceService service = new CredenceService(config)) {
            StartupException e = assertThrows(StartupException.class, service::start);
            assertTrue(e.getMessage().contains("missing are absent-labels, absent-events"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseTheLogWhenOneModelWouldLearnFromSeveralPartitions() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("wide-training", 2, (short) 1)))
                    .all()
                    .get();
        }
        try (CredenceService service = new CredenceService(config("wide"))) {
            StartupException e = assertThrows(StartupException.class, service::start);
            assertTrue(e.getMessage().contains("wide-training has 2 partitions"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseAPosteriorsTopicThatWouldForgetTheModels() throws Exception {
        NewTopic made = new NewTopic("hasty-posteriors", 1, (short) 1).configs(Map.of("cleanup.policy", "delete"));
        try (Admin admin = admin()) {
            admin.createTopics(List.of(made)).all().get();
        }
        try (CredenceService service = new CredenceService(config("hasty"))) {
            StartupException e = assertThrows(StartupException.class, service::start);
            assertTrue(e.getMessage().contains("hasty-posteriors has cleanup.policy=delete"), e.getMessage());
        }
    }

    private static CredenceConfig config(String application, String... pairs) {
        Map<String, Object> settings = TopicPlanTest.settings(pairs);
        settings.put("application.id", application);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", "mock://" + application);
        settings.put("credence.topic.labelled", application + "-labels");
        settings.put("credence.topic.unlabelled", application + "-events");
        return CredenceConfig.of(settings);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static String setting(String topic, String key) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return config.get(key).value();
        }
    }

    private static int members(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .size();
        }
    }
}
