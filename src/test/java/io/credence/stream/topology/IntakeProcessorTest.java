package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.header;
import static io.credence.stream.topology.Bench.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class IntakeProcessorTest {
    @Test
    void shouldLogTheEncodedExampleWhenTheLabelIsThere() {
        try (Bench bench = new Bench("credence.model.key", "city")) {
            bench.send(Rides.LABELLED, Rides.ride("a", "Köln", 3, 7.5));
            TestRecord<byte[], byte[]> entry =
                    bench.read(bench.topics.training()).get(0);
            assertArrayEquals(utf8("Köln"), entry.key());
            try (var log =
                    CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde())) {
                Example example = (Example)
                        log.deserializer().deserialize("any", entry.value()).getBody();
                FeatureVector features = new FeatureVector(new float[] {3});
                assertEquals(
                        new Observation("Köln", "a", entry.timestamp(), features, 7.5),
                        TrainingLog.observation(example));
                assertEquals("fares-0-0", TrainingLog.source(example).toString());
            }
        }
    }

    @Test
    void shouldRejectANullLabelWhenTheTopicIsForLabelsOnly() {
        try (Bench bench = new Bench()) {
            bench.send(Rides.LABELLED, Rides.ride("a", null, 3, null));
            assertEquals(List.of("MISSING_LABEL"), reasons(bench));
            assertEquals(List.of(), bench.scoredIds());
        }
    }

    @Test
    void shouldRejectALabelThatIsNotANumber() {
        try (Bench bench = new Bench()) {
            bench.send(Rides.LABELLED, Rides.ride("a", null, 3, Double.NaN));
            assertEquals(List.of("BAD_LABEL"), reasons(bench));
            assertEquals(0, bench.read(bench.topics.training()).size());
        }
    }

    @Test
    void shouldScoreWhatHasNoLabelWhenOneTopicCarriesBothKinds() {
        try (Bench bench = new Bench("credence.topic.unlabelled", Rides.LABELLED)) {
            bench.send(Rides.LABELLED, Rides.ride("a", null, 3, null));
            bench.send(Rides.LABELLED, Rides.ride("b", null, 3, 6.0));
            assertEquals(List.of("a"), bench.scoredIds());
            assertEquals(1, bench.read(bench.topics.training()).size());
            assertEquals(List.of(), reasons(bench));
        }
    }

    @Test
    void shouldScoreAnEventWhoseLabelIsThereWhenItsTopicIsNotForLabels() {
        try (Bench bench = new Bench()) {
            bench.send(Rides.UNLABELLED, Rides.ride("a", null, 3, 6.0));
            assertEquals(List.of("a"), bench.scoredIds());
            assertEquals(0, bench.read(bench.topics.training()).size());
        }
    }

    @Test
    void shouldNeedNoLabelWhenItOnlyScores() {
        Rides rides = new Rides().without("credence.topic.labelled").without("credence.label");
        try (Bench bench = new Bench(rides)) {
            bench.score("a", 3);
            assertEquals(List.of("a"), bench.scoredIds());
        }
    }

    @Test
    void shouldKeepBytesKeyHeadersAndCoordinatesWhenARecordIsRejected() {
        try (Bench bench = new Bench()) {
            bench.send(Rides.UNLABELLED, utf8("k"), utf8("first"));
            bench.send(Rides.UNLABELLED, utf8("k"), utf8("garbage"), new RecordHeader("trace", utf8("t1")));
            TestRecord<byte[], byte[]> letter =
                    bench.read(bench.topics.deadLetters()).get(1);
            assertArrayEquals(utf8("k"), letter.key());
            assertArrayEquals(utf8("garbage"), letter.value());
            assertEquals("t1", header(letter, "trace"));
            assertEquals("BAD_MAGIC", header(letter, DeadLetter.REASON));
            assertEquals(Rides.UNLABELLED, header(letter, DeadLetter.TOPIC));
            assertEquals("0", header(letter, DeadLetter.PARTITION));
            assertEquals("1", header(letter, DeadLetter.OFFSET));
            assertEquals(Long.toString(letter.timestamp()), header(letter, DeadLetter.TIMESTAMP));
        }
    }

    static List<String> reasons(Bench bench) {
        return bench.read(bench.topics.deadLetters()).stream()
                .map(letter -> header(letter, DeadLetter.REASON))
                .toList();
    }
}
