package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.event.RecalledHeader;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Questions whose label came first, and records of others, on the series topic. */
final class SeriesTopicTest {
    private static final String[] PAST = {
        "credence.features", "km,lag(label,1),mean(km,2),count(1h)", "credence.series.key", "city"
    };
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    /** Of the same time and without identity: the label of a question is no label before it, one further question has one. */
    @Test
    void shouldNotTellAQuestionItsOwnLabelWhenTheLabelCameFirst() {
        Rides rides = new Rides(PAST).without("credence.event.id");
        try (Bench bench = new Bench(rides)) {
            bench.sendAt(Rides.LABELLED, START, Rides.ride("a", "x", 1, 7.0));
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("a", "x", 1, null));
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("b", "x", 3, null));
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(30), Rides.ride("c", "x", 5, null));
            bench.pass(1000);

            List<double[]> told = bench.read(bench.topics.scored()).stream()
                    .map(record -> RecalledHeader.read(record.headers()))
                    .toList();
            assertArrayEquals(new double[] {Double.NaN, 1, 1}, told.get(0));
            assertArrayEquals(new double[] {7, 2, 2}, told.get(1));
            assertArrayEquals(new double[] {Double.NaN, 4, 3}, told.get(2));
        }
    }

    @Test
    void shouldSetARecordAsideThatIsNoneOfOursWhenItIsOnTheSeriesTopic() {
        try (Bench bench = new Bench(PAST)) {
            String series = bench.topics.series();
            bench.send(series, Bench.utf8("x"), Bench.utf8("no record of ours"));
            bench.send(series, Bench.utf8("x"), null);
            bench.send(series, null, Bench.utf8("no key"));
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("a", "x", 1, null));
            bench.pass(1000);

            assertEquals(List.of("a"), bench.scoredIds());
            List<TestRecord<byte[], byte[]>> letters = bench.read(bench.topics.deadLetters());
            assertEquals(
                    List.of("UNDECODABLE", "NULL_VALUE", "NULL_SERIES_KEY"),
                    letters.stream()
                            .map(letter -> Bench.header(letter, DeadLetter.REASON))
                            .toList());
            assertArrayEquals(Bench.utf8("no record of ours"), letters.get(0).value());
            assertEquals(series, Bench.header(letters.get(0), DeadLetter.TOPIC));
        }
    }
}
