package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.tool.broker.EmbeddedBroker;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A single broker that was left with the settings of a cluster of three. */
class BrokerReplicasIT {
    @ParameterizedTest
    @ValueSource(strings = {"transaction.state.log.replication.factor", "offsets.topic.replication.factor"})
    void shouldNameTheSettingWhenTheBrokerWantsMoreReplicasThanThereAreBrokers(String key) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of(key, "3"))) {
            CredenceConfig config = CredenceConfig.of(TopicPlanTest.settings(
                    "bootstrap.servers", broker.bootstrapServers(), "credence.startup.timeout.ms", "3000"));
            try (CredenceService service = new CredenceService(config)) {
                String why =
                        assertThrows(StartupException.class, service::start).getMessage();
                assertTrue(why.contains("wants 3 replicas, and there is 1 broker") && why.contains(key + "=1"), why);
            }
        }
    }
}
