package io.credence.stream.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the brokers are enough for the logs of transactions and of offsets: a cluster of one broker whose transaction log
 * wants three replicas answers every request but the first of a transaction, which waits until it times out.
 */
final class BrokerReplicas {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerReplicas.class);
    private static final Map<String, String> LOGS =
            Map.of("__transaction_state", "transaction.state.log", "__consumer_offsets", "offsets.topic");
    private static final String LEAST_IN_SYNC = "transaction.state.log.min.isr";

    private BrokerReplicas() {}

    /** What is missing, in one sentence; empty too where we may not ask. */
    static Optional<String> missing(Admin admin) throws InterruptedException {
        try {
            List<Node> nodes = List.copyOf(admin.describeCluster().nodes().get());
            if (nodes.isEmpty()) {
                return Optional.empty();
            }
            ConfigResource broker = new ConfigResource(Type.BROKER, nodes.get(0).idString());
            Map<String, String> settings = admin.describeConfigs(List.of(broker)).all().get().values().stream()
                    .flatMap(config -> config.entries().stream())
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
            for (Map.Entry<String, String> log : LOGS.entrySet()) {
                Optional<String> fault = fault(admin, nodes.size(), settings, log.getKey(), log.getValue());
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.debug("The settings of the broker are not known", e);
            return Optional.empty();
        }
    }

    private static Optional<String> fault(
            Admin admin, int brokers, Map<String, String> settings, String topic, String prefix)
            throws ExecutionException, InterruptedException {
        String key = prefix + ".replication.factor";
        Optional<TopicDescription> found = described(admin, topic);
        int wanted = Integer.parseInt(settings.getOrDefault(key, "1"));
        if (found.isEmpty() && wanted > brokers) {
            return Optional.of("topic " + topic + " cannot be created, without which the broker keeps no "
                    + (prefix.startsWith("transaction") ? "transactions" : "offsets") + ": it wants " + wanted
                    + " replicas, and there " + (brokers == 1 ? "is 1 broker" : "are " + brokers + " brokers")
                    + ". Start more brokers, or set " + key + "=" + brokers
                    + (prefix.startsWith("transaction") ? " and " + LEAST_IN_SYNC + "=1" : "")
                    + " in the broker's own configuration");
        }
        int least = Integer.parseInt(settings.getOrDefault(LEAST_IN_SYNC, "1"));
        if (found.isPresent() && prefix.startsWith("transaction")) {
            int fewest = found.get().partitions().stream()
                    .mapToInt(partition -> partition.isr().size())
                    .min()
                    .orElse(least);
            if (fewest < least) {
                return Optional.of("topic " + topic + " has " + fewest + " replica(s) in sync and needs " + least + " ("
                        + LEAST_IN_SYNC + "), so the broker takes no transactions: start the brokers that are missing");
            }
        }
        return Optional.empty();
    }

    private static Optional<TopicDescription> described(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
