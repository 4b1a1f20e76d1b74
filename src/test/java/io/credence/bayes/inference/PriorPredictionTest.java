package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.fixture.SyntheticStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was predicted when an event was asked about, beside a label that comes later. */
class PriorPredictionTest {
    private static final ModelSpec SPEC =
            SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2).build();

    private final List<Observation> plain = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 300, 2, 7);

    @Test
    void shouldMeasureWhatWasPredictedWhenThatIsKnown() {
        OnlineLearner learner = OnlineLearner.create(SPEC, "");
        double squared = 0;
        double logScores = 0;
        long covered = 0;
        List<Observation> told = foretold();
        for (Observation event : told) {
            learner.fold(event);
            Foretold then = event.prior();
            squared += Math.pow(event.label() - then.mean(), 2);
            logScores -= then.logScore();
            covered += then.covers(event.label()) ? 1 : 0;
        }
        learner.flush();
        PrequentialSums sums = learner.prequential();
        assertEquals(300, sums.n());
        assertEquals(squared, sums.squaredError());
        assertEquals(logScores, sums.negativeLogLikelihood());
        assertEquals(covered, sums.covered());
        assertTrue(covered > 0 && covered < 300);
    }

    @Test
    void shouldLearnTheSameWeightsWhateverWasPredicted() {
        OnlineLearner with = OnlineLearner.create(SPEC, "");
        OnlineLearner without = OnlineLearner.create(SPEC, "");
        foretold().forEach(with::fold);
        plain.forEach(without::fold);
        assertArrayEquals(
                without.state().weights().get(0), with.state().weights().get(0));
        assertNotEquals(without.prequential(), with.prequential());
    }

    @Test
    void shouldKeepNothingOfItInWhatIsReplayed() {
        OnlineLearner learner = OnlineLearner.create(SPEC, "");
        foretold().forEach(learner::fold);
        assertTrue(learner.reservoir().slots().stream()
                .allMatch(slot -> slot.event().prior() == null));
    }

    /** Events of each of which the same was predicted. */
    private List<Observation> foretold() {
        List<Observation> told = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            Observation e = plain.get(i);
            Foretold then = new Foretold(0, i, 9, 5, List.of(6.0), List.of(12.0), 0.5, -1.0 / (i + 1));
            told.add(new Observation(e.modelKey(), e.eventId(), e.timestamp(), e.features(), e.label(), then));
        }
        return told;
    }
}
