package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events whose model is warming up. A model is published once a second, and warm after five labels. */
class WarmupTest {
    @Test
    void shouldAnswerFromWhatCameBeforeWhenQuestionsFollowLabelsInOneTopic() {
        try (Bench bench = oneTopic()) {
            bench.train(60);
            List<String> asked = ask(bench, 40);
            assertEquals(List.of(), bench.scored(), "never in process()");
            pass(bench, 900);
            assertEquals(List.of(), bench.scored(), "nothing published yet");
            pass(bench, 200);
            List<GenericRecord> scored = bench.scored();
            assertEquals(asked, ids(scored), "in order, more than a batch");
            for (GenericRecord record : scored) {
                assertEquals(60L, prediction(record).get("eventsSeen"));
                assertEquals(false, prediction(record).get("warmingUp"));
            }
        }
    }

    @Test
    void shouldNotWaitWhenTheWarmUpIsOver() {
        try (Bench bench = oneTopic()) {
            bench.train(60);
            question(bench, "first");
            pass(bench, 1_100);
            assertEquals(List.of("first"), bench.scoredIds());
            bench.train(10);
            question(bench, "second");
            List<GenericRecord> scored = bench.scored();
            assertEquals(List.of("second"), ids(scored));
            assertEquals(60L, prediction(scored.get(0)).get("eventsSeen"));
        }
    }

    @Test
    void shouldAnswerAtOnceWithoutAScaleWhenThereIsNoLabelAtAll() {
        try (Bench bench = oneTopic()) {
            question(bench, "q");
            List<GenericRecord> scored = bench.scored();
            GenericRecord prediction = prediction(scored.get(0));
            assertEquals(List.of("q"), ids(scored));
            assertEquals(true, prediction.get("warmingUp"));
            assertEquals(Double.MAX_VALUE, prediction.get("variance"));
            double width = (double) prediction.get("upper") - (double) prediction.get("lower");
            assertTrue(Double.isFinite(width) && width > 1e300, "width " + width);
        }
    }

    @Test
    void shouldAnswerAsWarmingUpWhenTheFewLabelsBeforeAreLearned() {
        try (Bench bench = oneTopic()) {
            bench.train(3);
            question(bench, "q");
            bench.train(1);
            pass(bench, 1_100);
            GenericRecord prediction = prediction(bench.scored().get(0));
            assertEquals(4L, prediction.get("eventsSeen"));
            assertEquals(true, prediction.get("warmingUp"));
        }
    }

    @Test
    void shouldAnswerWhenTheTimeIsOverAndNothingWasLearned() {
        try (Bench bench = oneTopic("credence.batch.size", "8", "credence.warmup.wait.ms", "7000")) {
            bench.train(3);
            List<String> asked = ask(bench, 3);
            pass(bench, 6_900);
            assertEquals(List.of(), bench.scored());
            pass(bench, 100);
            assertEquals(asked, bench.scoredIds());
            question(bench, "later");
            assertEquals(List.of("later"), bench.scoredIds(), "for the same labels nobody waits twice");
            bench.train(1);
            question(bench, "after another label");
            assertEquals(List.of(), bench.scoredIds());
        }
    }

    @Test
    void shouldAnswerWhenTheModelStandsStillBeforeTheLastLabel() {
        try (Bench bench = oneTopic("credence.batch.size", "8", "credence.warmup.wait.ms", "60000")) {
            bench.train(16);
            pass(bench, 1_100);
            bench.train(3);
            question(bench, "q");
            pass(bench, 4_900);
            assertEquals(List.of(), bench.scored());
            pass(bench, 300);
            GenericRecord prediction = prediction(bench.scored().get(0));
            assertEquals(16L, prediction.get("eventsSeen"), "three labels wait for their minibatch");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"credence.warmup.wait.events=5", "credence.warmup.wait.bytes=900"})
    void shouldAnswerTheOldestWhenMoreWaitThanMay(String bound) {
        try (Bench bench = oneTopic(bound.split("="))) {
            bench.train(60);
            List<String> asked = ask(bench, 40);
            assertEquals(List.of(), bench.scored(), "never in process()");
            bench.pass(1);
            List<GenericRecord> early = bench.scored();
            assertTrue(early.size() >= 30 && early.size() < 40, early.size() + " scored early");
            assertEquals(true, prediction(early.get(0)).get("warmingUp"));
            pass(bench, 1_100);
            List<GenericRecord> late = bench.scored();
            assertEquals(60L, prediction(late.get(0)).get("eventsSeen"));
            List<String> all = new ArrayList<>(ids(early));
            all.addAll(ids(late));
            assertEquals(asked, all);
        }
    }

    @Test
    void shouldWaitForLabelsOfTheirOwnModelOnlyWhenModelsAreKeyed() {
        try (Bench bench = oneTopic("credence.model.key", "city", "credence.score.linger.ms", "0")) {
            for (int i = 0; i < 20; i++) {
                bench.send(Rides.LABELLED, Rides.ride("t" + i, "A", i % 7, 2.0 * (i % 7)));
            }
            for (String id : List.of("A1", "B1", "A2", "B2")) {
                bench.send(Rides.LABELLED, Rides.ride(id, id.substring(0, 1), 3, null));
            }
            assertEquals(List.of("B1", "B2"), bench.scoredIds(), "no label of B came");
            pass(bench, 1_100);
            List<GenericRecord> scored = bench.scored();
            assertEquals(List.of("A1", "A2"), ids(scored));
            assertEquals(20L, prediction(scored.get(0)).get("eventsSeen"));
        }
    }

    @Test
    void shouldWithholdWithTheBytesThatCameWhenTheModelDoesNotWarmUp() {
        try (Bench bench = oneTopic("credence.warmup.policy", "withhold", "credence.warmup.wait.ms", "3000")) {
            bench.train(3);
            GenericRecord ride = Rides.ride("q", null, 3, null);
            bench.send(Rides.LABELLED, ride);
            pass(bench, 2_900);
            assertEquals(List.of(), bench.read(bench.topics.deadLetters()));
            pass(bench, 200);
            List<TestRecord<byte[], byte[]>> letters = bench.read(bench.topics.deadLetters());
            assertEquals("MODEL_WARMING_UP", Bench.header(letters.get(0), DeadLetter.REASON));
            assertEquals("3", Bench.header(letters.get(0), DeadLetter.OFFSET));
            assertArrayEquals(
                    bench.rides.bytes(Rides.LABELLED, ride), letters.get(0).value());
            assertEquals(1, letters.size());

            question(bench, "in time");
            bench.train(10);
            pass(bench, 1_100);
            List<GenericRecord> scored = bench.scored();
            assertEquals(List.of("in time"), ids(scored));
            assertEquals(13L, prediction(scored.get(0)).get("eventsSeen"));
        }
    }

    @Test
    void shouldWithholdWhenThereIsNoLabelAtAll() {
        try (Bench bench = oneTopic("credence.warmup.policy", "withhold", "credence.warmup.wait.ms", "3000")) {
            List<String> asked = ask(bench, 3);
            pass(bench, 3_100);
            assertEquals(List.of(), bench.scored());
            assertEquals(asked.size(), bench.read(bench.topics.deadLetters()).size());
        }
    }

    @Test
    void shouldWaitForTheLabelsThatLayThereWhenTheyHaveATopicOfTheirOwn() {
        SourceOffsets last = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 59));
        try (Bench bench = twoTopics(LabelEnds.at(last))) {
            bench.score("a", 3);
            bench.score("b", 3);
            bench.train(59);
            pass(bench, 1_100);
            assertEquals(List.of(), bench.scored(), "one label is not learned");
            bench.train(1);
            pass(bench, 1_100);
            List<GenericRecord> scored = bench.scored();
            assertEquals(List.of("a", "b"), ids(scored));
            assertEquals(60L, prediction(scored.get(1)).get("eventsSeen"));
            bench.score("c", 3);
            assertEquals(List.of("c"), bench.scoredIds());
        }
    }

    @Test
    void shouldNotWaitForPartitionsWithoutLabelsOfTheModelWhenModelsAreKeyed() {
        SourceOffsets last =
                SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 19)).with(new Origin(Rides.LABELLED, 1, 1_000));
        try (Bench bench = twoTopics(LabelEnds.at(last), "credence.model.key", "city")) {
            bench.send(Rides.UNLABELLED, Rides.ride("q", "A", 3, null));
            for (int i = 0; i < 20; i++) {
                bench.send(Rides.LABELLED, Rides.ride("t" + i, "A", i % 7, 2.0 * (i % 7)));
            }
            pass(bench, 1_100);
            assertEquals(20L, prediction(bench.scored().get(0)).get("eventsSeen"));
        }
    }

    @Test
    void shouldWaitNoLongerThanItMayWhenNobodyKnowsWhereTheLabelsEnd() {
        LabelEnds never = new LabelEnds(settings -> {
            throw new IllegalStateException("no broker");
        });
        try (Bench bench = twoTopics(never, "credence.warmup.wait.ms", "2000")) {
            bench.score("a", 3);
            pass(bench, 2_100);
            assertEquals(List.of("a"), bench.scoredIds());
        }
    }

    /** Labels in partition 1 lay there; nobody has read it. */
    @Test
    void shouldWaitForTheLabelsInOtherPartitionsWhenTheyLayThere() {
        SourceOffsets last = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 1, 500));
        try (Bench bench =
                bench(LabelEnds.at(last), settings(new String[0], "credence.topic.unlabelled", Rides.LABELLED))) {
            bench.train(10);
            question(bench, "q");
            pass(bench, 5_900);
            assertEquals(List.of(), bench.scored());
            pass(bench, 300);
            assertEquals(List.of("q"), bench.scoredIds(), "the model stands still");
        }
    }

    private static Bench oneTopic(String... more) {
        return bench(LabelEnds.none(), settings(more, "credence.topic.unlabelled", Rides.LABELLED));
    }

    private static Bench twoTopics(LabelEnds ends, String... more) {
        return bench(ends, settings(more));
    }

    private static Bench bench(LabelEnds ends, String... settings) {
        Rides rides = new Rides(settings);
        Topology topology = new Topology();
        CredenceTopology.addTo(topology, rides.config(), new InputReads(ends));
        return new Bench(rides, topology);
    }

    private static String[] settings(String[] more, String... usual) {
        List<String> all =
                new ArrayList<>(List.of("credence.warmup.policy", "wait", "credence.score.batch.size", "16"));
        all.addAll(List.of(usual));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static List<String> ask(Bench bench, int n) {
        List<String> ids = IntStream.range(0, n).mapToObj(i -> "q" + i).toList();
        ids.forEach(id -> question(bench, id));
        return ids;
    }

    /** What is published is there for the next look: the clock moves on in steps. */
    private static void pass(Bench bench, long millis) {
        for (long passed = 0; passed < millis; passed += 100) {
            bench.pass(100);
        }
    }

    private static void question(Bench bench, String id) {
        bench.send(Rides.LABELLED, Rides.ride(id, null, 3, null));
    }

    private static List<String> ids(List<GenericRecord> scored) {
        return scored.stream().map(record -> record.get("id").toString()).toList();
    }
}
