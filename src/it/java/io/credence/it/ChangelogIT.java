package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.junit.jupiter.api.Test;

/** The changelog topics as a real broker has them: small segments and an eager cleaner, so that a restart is quick. */
final class ChangelogIT {
    private static final List<String> STORES = List.of(
            "learner-state", "learner-ring", "learner-reservoir", "score-pending", "score-marks", "episodes-state");

    @Test
    void shouldHaveSmallSegmentsAndBeCompactedUnlessTheUserWantsOthers() throws Exception {
        try (Cluster cluster = new Cluster()) {
            cluster.create("labelled", "unlabelled");
            try (CredenceService service = new CredenceService(config(cluster))) {
                service.start();
                Map<String, Config> topics = topics(cluster);
                for (String store : STORES) {
                    Config topic = topics.get("changes-" + store + "-changelog");
                    assertEquals("compact", topic.get("cleanup.policy").value(), store);
                    assertEquals("0.1", topic.get("min.cleanable.dirty.ratio").value(), store);
                    assertTrue(Long.parseLong(topic.get("segment.bytes").value()) <= 8 << 20, store);
                    assertEquals("300000", topic.get("segment.ms").value(), store + ": the user's own setting");
                }
            }
        }
    }

    private static Map<String, Config> topics(Cluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
            List<String> wanted =
                    STORES.stream().map(s -> "changes-" + s + "-changelog").toList();
            cluster.await("the changelog topics", () -> cluster.topics().containsAll(wanted));
            Map<String, Config> byName = new HashMap<>();
            admin.describeConfigs(wanted.stream()
                            .map(t -> new ConfigResource(Type.TOPIC, t))
                            .toList())
                    .all()
                    .get()
                    .forEach((resource, config) -> byName.put(resource.name(), config));
            return byName;
        }
    }

    private static CredenceConfig config(Cluster cluster) {
        return CredenceConfig.of(Map.of(
                "application.id", "changes",
                "bootstrap.servers", cluster.bootstrap(),
                "schema.registry.url", "mock://changes",
                "credence.topic.labelled", "labelled",
                "credence.topic.unlabelled", "unlabelled",
                "credence.label", "y",
                "credence.features", "a",
                "topic.segment.ms", "300000"));
    }
}
