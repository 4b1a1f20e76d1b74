package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** A topic whose partition 0 ended with record 99 and partition 1 with record 49 when the instance started. */
class InputReadsTest {
    private static final SourceOffsets ENDS = at(99, 49);

    private final InputReads reads = new InputReads(LabelEnds.at(ENDS));

    @Test
    void shouldWaitForOtherPartitionsUntilTheyAreReadAndTheirLabelsLearned() {
        assertFalse(reads.othersAreIn(at(99, 10), "t-0"), "not read");
        InputReads.Read one = reads.of("t-1");
        one.note(30, true);
        one.note(48, false);
        assertFalse(reads.othersAreIn(at(0, 30), "t-0"), "a label may come");
        one.note(49, false);
        assertTrue(reads.othersAreIn(at(0, 30), "t-0"));
        assertFalse(reads.othersAreIn(at(0, 29), "t-0"), "not learned");
        assertFalse(reads.othersAreIn(at(0, 30), "t-1"), "partition 0 is another one");
    }

    @Test
    void shouldNotAskForLabelsThatCameAfterTheStart() {
        InputReads.Read one = reads.of("t-1");
        one.note(49, true);
        one.note(50, true);
        assertTrue(reads.othersAreIn(at(0, 49), "t-0"));
    }

    @Test
    void shouldNotNeedToReadWhatAnotherInstanceHasReadAndTheModelHasLearned() {
        assertTrue(reads.othersAreIn(at(0, 49), "t-0"));
        assertTrue(reads.othersAreIn(at(0, 60), "t-0"));
    }

    @Test
    void shouldWaitWhileNobodyKnowsWhereTheTopicEnds() {
        assertFalse(new InputReads(new LabelEnds(settings -> ENDS)).othersAreIn(at(99, 49), "t-0"));
    }

    @Test
    void shouldNotWaitForBadRecordsWhenTheyAreTheLast() {
        InputReads.Read one = reads.of("t-1");
        one.noteSent(48, true);
        one.noteSent(49, false);
        assertFalse(reads.othersAreIn(at(0, 10), "t-0"), "a good record is on its way");
        one.noteAmongOthers(48, true);
        assertFalse(reads.othersAreIn(at(0, 10), "t-0"), "and is not learned");
        assertTrue(reads.othersAreIn(at(0, 48), "t-0"));
    }

    /** The driver reads partition 0, for which a question of partition 1 waits. */
    @Test
    void shouldHearOfRepeatsAndBadRecordsWhenEventsGoByTheirId() {
        Rides rides = new Rides(
                "credence.warmup.policy", "wait",
                "credence.deduplicate.ms", "3600000",
                "credence.topic.unlabelled", Rides.LABELLED);
        InputReads input = new InputReads(LabelEnds.at(SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 2))));
        Topology topology = new Topology();
        CredenceTopology.addTo(topology, rides.config(), input);
        String other = SourceOffsets.partition(new Origin(Rides.LABELLED, 1, 0));
        SourceOffsets first = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 0));
        try (Bench bench = new Bench(rides, topology)) {
            bench.train(1);
            bench.train(1);
            assertFalse(input.othersAreIn(first, other), "a record is not read");
            bench.send(Rides.LABELLED, null, Bench.utf8("no Avro"));
            assertTrue(input.othersAreIn(first, other));
            assertFalse(input.othersAreIn(SourceOffsets.NONE, other), "the label is not learned");
        }
    }

    private static SourceOffsets at(long zero, long one) {
        return SourceOffsets.NONE.with(new Origin("t", 0, zero)).with(new Origin("t", 1, one));
    }
}
