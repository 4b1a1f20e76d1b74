package io.credence.stream.topology;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.jspecify.annotations.Nullable;

/** What a topology has already: its nodes, its stores, and which source reads which topic. */
final class TakenNames {
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Set<String> stores = new LinkedHashSet<>();
    private final Map<String, String> sourceOfTopic = new LinkedHashMap<>();
    /** Of input topics that a graph of ours reads: as bytes, with their own timestamps. */
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private TakenNames() {}

    static TakenNames of(Topology topology) {
        TakenNames names = new TakenNames();
        var description = topology.describe();
        description.subtopologies().forEach(part -> part.nodes().forEach(names::add));
        description.globalStores().forEach(global -> {
            names.add(global.source());
            names.add(global.processor());
        });
        return names;
    }

    /** The source of an input topic that another graph of ours has added, or null. */
    @Nullable
    String inputSource(String topic) {
        return inputs.get(topic);
    }

    /**
     * Refuses a graph that has a name or topic of these.
     *
     * @param prefix of the graph
     * @throws ConfigException naming the prefix and what is there already
     */
    void refuse(TakenNames graph, String prefix) {
        Set<String> shared = new LinkedHashSet<>();
        graph.inputs.forEach((topic, source) -> {
            if (inputs.containsKey(topic)) {
                shared.add(source);
            }
        });
        graph.nodes.stream()
                .filter(node -> nodes.contains(node) && !shared.contains(node))
                .findFirst()
                .ifPresent(node -> {
                    throw refused(prefix, "node " + node + " is there; choose another prefix");
                });
        graph.sourceOfTopic.forEach((topic, source) -> {
            String owner = sourceOfTopic.get(topic);
            if (owner != null && !shared.contains(source)) {
                throw refused(
                        prefix,
                        "topic " + topic + " is read by node " + owner
                                + ", and Kafka Streams lets one source read a topic");
            }
        });
        graph.stores.stream().filter(stores::contains).findFirst().ifPresent(store -> {
            throw refused(prefix, "store " + store + " is there; choose another prefix");
        });
    }

    private static ConfigException refused(String prefix, String why) {
        return new ConfigException("the graph with prefix '" + prefix + "' cannot be added to the topology: " + why);
    }

    private void add(Node node) {
        nodes.add(node.name());
        if (node instanceof Source source && source.topicSet() != null) {
            source.topicSet().forEach(topic -> sourceOfTopic.put(topic, source.name()));
            if (source.successors().stream().anyMatch(next -> reads(source.name(), next.name()))) {
                source.topicSet().forEach(topic -> inputs.put(topic, source.name()));
            }
        } else if (node instanceof Processor processor) {
            stores.addAll(processor.stores());
        }
    }

    /** Whether the pair of names is that of an input topic's source and its reader, whatever the prefix. */
    private static boolean reads(String source, String processor) {
        for (String kind : new String[] {"labelled", "unlabelled"}) {
            int at = source.length() - kind.length();
            boolean ours = source.endsWith(kind) && (at == 0 || source.charAt(at - 1) == '-');
            if (ours && processor.equals(source.substring(0, at) + "read-" + kind)) {
                return true;
            }
        }
        return false;
    }
}
