package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
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

    private static SourceOffsets at(long zero, long one) {
        return SourceOffsets.NONE.with(new Origin("t", 0, zero)).with(new Origin("t", 1, one));
    }
}
