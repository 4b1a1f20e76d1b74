package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.junit.jupiter.api.Test;

class CredenceTopologyTest {
    @Test
    void shouldKeepReadingLearningAndScoringApartWhenThereAreTwoTopics() {
        TopologyDescription graph = graph();
        assertEquals(4, graph.subtopologies().size());
        assertEquals(1, graph.globalStores().size());
        assertEquals(
                Set.of(
                        Set.of("labelled", "read-labelled", "to-training", "dead-letters-of-read-labelled"),
                        Set.of(
                                "training",
                                "learn",
                                "to-posteriors",
                                "to-changes",
                                "to-metrics",
                                "notices-of-learn",
                                "dead-letters-of-learn"),
                        Set.of(
                                "unlabelled",
                                "read-unlabelled",
                                "dead-letters-of-read-unlabelled",
                                "score",
                                "to-scored",
                                "notices-of-score",
                                "dead-letters-of-score"),
                        Set.of("notices", "episodes", "to-alerts", "notices-of-episodes", "dead-letters-of-episodes")),
                graph.subtopologies().stream()
                        .map(s -> s.nodes().stream().map(Node::name).collect(Collectors.toSet()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldTakeAHopBySeriesWhenFeaturesAskForThePast() {
        TopologyDescription graph = graph("credence.features", "km,lag(label,1)");
        assertEquals(
                Set.of(
                        Set.of(
                                "labelled",
                                "read-labelled",
                                "to-series-of-read-labelled",
                                "dead-letters-of-read-labelled"),
                        Set.of(
                                "unlabelled",
                                "read-unlabelled",
                                "to-series-of-read-unlabelled",
                                "dead-letters-of-read-unlabelled"),
                        Set.of(
                                "training",
                                "learn",
                                "to-posteriors",
                                "to-changes",
                                "to-metrics",
                                "notices-of-learn",
                                "dead-letters-of-learn"),
                        Set.of(
                                "series",
                                "remember",
                                "to-training",
                                "dead-letters-of-remember",
                                "score",
                                "to-scored",
                                "notices-of-score",
                                "dead-letters-of-score"),
                        Set.of("notices", "episodes", "to-alerts", "notices-of-episodes", "dead-letters-of-episodes")),
                graph.subtopologies().stream()
                        .map(s -> s.nodes().stream().map(Node::name).collect(Collectors.toSet()))
                        .collect(Collectors.toSet()));
        assertTrue(stores(graph).contains("series-memory"));
    }

    @Test
    void shouldNameEveryStoreItsOwn() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "learner-state",
                        "learner-ring",
                        "learner-reservoir",
                        "score-pending",
                        "score-marks",
                        "episodes-state")),
                stores(graph()));
    }

    @Test
    void shouldReadOnceWhenOneTopicCarriesBothKinds() {
        TopologyDescription graph = graph("credence.topic.unlabelled", Rides.LABELLED);
        assertEquals(3, graph.subtopologies().size());
        assertFalse(graph.toString().contains("read-unlabelled"), graph.toString());
        assertTrue(stores(graph).contains("score-pending"));
    }

    @Test
    void shouldKeepNoModelWhenItOnlyTrains() {
        TopologyDescription graph = build(new Rides(), "credence.topic.unlabelled");
        assertEquals(0, graph.globalStores().size());
        assertFalse(stores(graph).contains("score-pending"));
    }

    @Test
    void shouldLeaveTheTrainingLogAloneWhenItOnlyScores() {
        TopologyDescription graph = build(new Rides(), "credence.topic.labelled");
        assertFalse(graph.toString().contains("training"), graph.toString());
        assertEquals(1, graph.globalStores().size());
    }

    @Test
    void shouldJoinLabelsApartWhenTheyComeLater() {
        TopologyDescription graph = CredenceTopology.build(LateRides.config()).describe();
        assertEquals(5, graph.subtopologies().size());
        assertTrue(graph.subtopologies().stream()
                .map(s -> s.nodes().stream().map(Node::name).collect(Collectors.toSet()))
                .anyMatch(Set.of("waiting", "join", "join-to-training", "dead-letters-of-join")::equals));
        assertTrue(stores(graph).contains("join-waiting"));
    }

    private static TopologyDescription graph(String... overrides) {
        return CredenceTopology.build(new Rides(overrides).config()).describe();
    }

    private static TopologyDescription build(Rides rides, String without) {
        Topology topology = CredenceTopology.build(rides.without(without).config());
        return topology.describe();
    }

    private static Set<String> stores(TopologyDescription graph) {
        return graph.subtopologies().stream()
                .flatMap(s -> s.nodes().stream())
                .filter(Processor.class::isInstance)
                .flatMap(p -> ((Processor) p).stores().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
