package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Labels that lie in other partitions, where the last records there come to no scorer. */
class InputReadsTest {
    private static final String[] SETTINGS = {
        "credence.warmup.policy", "wait",
        "credence.deduplicate.ms", "3600000",
        "credence.topic.unlabelled", Rides.LABELLED
    };
    private static final String OWN = SourceOffsets.partition(new Origin(Rides.LABELLED, 0, 0));
    private static final Origin LABEL = new Origin(Rides.LABELLED, 1, 10);

    @Test
    void shouldNotWaitForBadRecordsWhenTheyAreTheLast() {
        InputReads reads = new InputReads(LabelEnds.at(SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 1, 11))));
        InputReads.Read other = reads.of(SourceOffsets.partition(LABEL));
        other.noteSent(10, true);
        other.noteSent(11, false);
        assertFalse(reads.othersAreIn(SourceOffsets.NONE, OWN), "a good record is on its way");
        other.noteAmongOthers(10, true);
        assertFalse(reads.othersAreIn(SourceOffsets.NONE, OWN), "and is not learned");
        assertTrue(reads.othersAreIn(SourceOffsets.NONE.with(LABEL), OWN));
    }

    @Test
    void shouldNoteRepeatsAndBadRecordsWhenEventsGoByTheirId() {
        Rides rides = new Rides(SETTINGS);
        // The other partition is the one that the driver reads: what it holds is asked for by a question of elsewhere.
        InputReads reads = new InputReads(LabelEnds.at(SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 2))));
        Topology topology = new Topology();
        CredenceTopology.addTo(topology, rides.config(), reads);
        try (Bench bench = new Bench(rides, topology)) {
            bench.train(1);
            bench.train(1);
            SourceOffsets first = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 0));
            String elsewhere = SourceOffsets.partition(LABEL);
            assertFalse(reads.othersAreIn(first, elsewhere), "a record is not read");
            bench.send(Rides.LABELLED, null, Bench.utf8("no Avro"));
            assertTrue(reads.othersAreIn(first, elsewhere));
            assertFalse(reads.othersAreIn(SourceOffsets.NONE, elsewhere), "the label is not learned");
        }
    }
}
