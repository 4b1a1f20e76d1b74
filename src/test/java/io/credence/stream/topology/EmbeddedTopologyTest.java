package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.junit.jupiter.api.Test;

class EmbeddedTopologyTest {
    private final CredenceConfig config = new Rides().config();
    private final Topology topology = new Topology();

    @Test
    void shouldNameNodesStoresAndTopicsAfterThePrefix() {
        CredenceConfig named = CredenceTopology.addTo(topology, config, "taxi");

        Set<String> stores = new TreeSet<>();
        topology.describe().subtopologies().forEach(part -> part.nodes().forEach(node -> {
            assertTrue(node.name().contains("taxi-"), node.name());
            if (node instanceof Processor processor) {
                stores.addAll(processor.stores());
            }
        }));
        assertEquals(
                Set.of(
                        "taxi-learner-state",
                        "taxi-learner-ring",
                        "taxi-learner-reservoir",
                        "taxi-score-pending",
                        "taxi-score-marks",
                        "taxi-episodes-state"),
                stores);
        assertEquals("test-taxi-posteriors", named.topics().posteriors());
        assertEquals(Rides.LABELLED, named.topics().labelled());
    }

    @Test
    void shouldBeTheGraphOfTheServiceWhenThereIsNoPrefix() {
        CredenceTopology.addTo(topology, config, "");
        assertEquals(CredenceTopology.build(config).describe(), topology.describe());
    }

    @Test
    void shouldKeepTopicsThatAreSetWhenThereIsAPrefix() {
        CredenceConfig named =
                new Rides("credence.topic.scored", "priced").config().withPrefix("taxi");
        assertEquals("priced", named.topics().scored());
        assertEquals("test-taxi-alerts", named.topics().alerts());
    }

    @Test
    void shouldShareTheSourcesWhenTwoModelsReadTheSameTopics() {
        CredenceTopology.addTo(topology, config, "fare");
        CredenceTopology.addTo(topology, config, "tip");

        TopologyDescription graph = topology.describe();
        assertEquals(
                Set.of(
                        "fare-labelled",
                        "fare-unlabelled",
                        "fare-training",
                        "tip-training",
                        "fare-notices",
                        "tip-notices"),
                sources(graph));
        assertEquals(2, graph.globalStores().size());
    }

    @Test
    void shouldStandBesideAnotherStreamWhenTheApplicationHasOne() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("orders").to("copies");
        Topology own = builder.build();
        CredenceTopology.addTo(own, config, "fare");
        assertEquals(5, own.describe().subtopologies().size());
    }

    @Test
    void shouldSayWhichNodeIsThereWhenAPrefixIsUsedTwice() {
        CredenceTopology.addTo(topology, config, "fare");
        String before = topology.describe().toString();

        ConfigException e = assertThrows(ConfigException.class, () -> CredenceTopology.addTo(topology, config, "fare"));
        assertTrue(e.getMessage().contains("prefix 'fare'"), e.getMessage());
        assertTrue(e.getMessage().contains("is there; choose another prefix"), e.getMessage());
        assertEquals(before, topology.describe().toString());
    }

    @Test
    void shouldSayWhoReadsATopicWhenTheApplicationReadsItToo() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Rides.LABELLED).to("copies");
        Topology own = builder.build();

        ConfigException e = assertThrows(ConfigException.class, () -> CredenceTopology.addTo(own, config, "fare"));
        assertTrue(e.getMessage().contains("topic fares is read by node KSTREAM-SOURCE"), e.getMessage());
    }

    @Test
    void shouldRefuseASharedTrainingLogWhenTwoModelsAreToldToUseOne() {
        CredenceConfig shared = new Rides("credence.topic.training", "log").config();
        CredenceTopology.addTo(topology, shared, "fare");
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceTopology.addTo(topology, shared, "tip"));
        assertTrue(e.getMessage().contains("topic log is read by node fare-training"), e.getMessage());
    }

    @Test
    void shouldNameTheKeyWhenThePrefixIsNoName() {
        for (String bad : new String[] {"a b", "-a", "a-", "a/b", "x".repeat(65)}) {
            ConfigException e =
                    assertThrows(ConfigException.class, () -> CredenceTopology.addTo(topology, config, bad));
            assertTrue(e.getMessage().contains("credence.prefix"), e.getMessage());
        }
    }

    private static Set<String> sources(TopologyDescription graph) {
        Set<String> sources = new TreeSet<>();
        graph.subtopologies().forEach(part -> part.nodes().forEach(node -> {
            if (node instanceof Source) {
                sources.add(node.name());
            }
        }));
        return sources;
    }
}
