package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Doubt;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.RecentTail;
import io.credence.bayes.alert.Shift;
import io.credence.bayes.alert.TailLaw;
import io.credence.bayes.alert.Tolerance;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody says of an alarm moves the thresholds of its kind, in the state, and nothing else. */
class FeedbackTest {
    private static final int DOUBT = RecentTail.LENGTH;
    private static final int LABELS = DOUBT + Doubt.LENGTH;
    private static final int INPUTS = LABELS + TailLaw.LENGTH;
    private static final int SHIFT = INPUTS + TailLaw.LENGTH;
    private static final int SAID = SHIFT + Shift.LENGTH;

    private final ModelSpec spec = ModelSpec.builder()
            .features("a, b")
            .task(Task.REGRESSION)
            .hidden(4)
            .batchSize(2)
            .replayEvents(4)
            .replayCapacity(50)
            .build();
    private final Random random = new Random(6);

    private Observation event(int i) {
        double[] x = {random.nextGaussian(), random.nextGaussian()};
        return new Observation("", "e" + i, i, new FeatureVector(x), 3 * x[0] - x[1] + random.nextGaussian());
    }

    private OnlineLearner learned(int events) {
        OnlineLearner learner = OnlineLearner.create(spec, "");
        for (int i = 0; i < events; i++) {
            learner.fold(event(i));
        }
        return learner;
    }

    private static OnlineLearner heeding(OnlineLearner learner, Question kind, int times) {
        OnlineLearner heedful = learner;
        for (int i = 0; i < times; i++) {
            heedful = heedful.heeding(Set.of(kind), false);
        }
        return heedful;
    }

    private static boolean isSame(LearnerState one, LearnerState other, int from, int to) {
        return Arrays.equals(one.flags(), from, to, other.flags(), from, to);
    }

    @Test
    void shouldMoveTheThresholdsOfOneKindAndNothingElse() {
        OnlineLearner learner = learned(3001);
        LearnerState before = learner.state();
        for (Question kind : List.of(
                Question.UNCERTAIN, Question.SURPRISING, Question.OUT_OF_RANGE, Question.SHIFTED, Question.STUCK)) {
            OnlineLearner heedful = heeding(learner, kind, 10);
            LearnerState after = heedful.state();

            assertEquals(before.version().epoch() + 10, after.version().epoch());
            assertEquals(before.version().step(), after.version().step());
            assertEquals(1, heedful.pending(), "the open minibatch stays");
            for (int i = 0; i < LearnerState.WEIGHT_PARTS; i++) {
                assertArrayEquals(before.weights().get(i), after.weights().get(i));
            }
            for (int i = 0; i < LearnerState.STATISTIC_PARTS - 2; i++) {
                assertArrayEquals(before.statistics().get(i), after.statistics().get(i));
            }
            assertTrue(isSame(before, after, 0, DOUBT));
            assertEquals(kind != Question.UNCERTAIN, isSame(before, after, DOUBT, LABELS), "" + kind);
            assertEquals(kind != Question.SURPRISING, isSame(before, after, LABELS, INPUTS), "" + kind);
            assertEquals(kind != Question.OUT_OF_RANGE, isSame(before, after, INPUTS, SHIFT), "" + kind);
            assertEquals(kind != Question.SHIFTED, isSame(before, after, SHIFT, SAID), "" + kind);
            Tolerance said = Tolerance.of(after.flags(), SAID);
            assertEquals(0.5, said.factor(kind));
        }
    }

    @Test
    void shouldBeByteEqualWhenItIsStoredAfterwardsAndLearnsOn() {
        OnlineLearner learner = learned(3000);
        OnlineLearner heedful = heeding(heeding(learner, Question.STUCK, 3), Question.SURPRISING, 7);
        OnlineLearner resumed =
                OnlineLearner.resume(spec, heedful.state(), heedful.reservoir().slots());
        for (int i = 0; i < 300; i++) {
            Observation next = event(i);
            heedful.fold(next);
            resumed.fold(next);
        }
        List<double[]> expected = heedful.state().statistics();
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), resumed.state().statistics().get(i));
        }
        assertArrayEquals(heedful.state().mu(), resumed.state().mu());
    }

    @Test
    void shouldBeForgottenWhenTheModelStartsAgain() {
        OnlineLearner again = heeding(learned(100), Question.SHIFTED, 5).restarted();

        assertEquals(1, Tolerance.of(again.state().flags(), SAID).factor(Question.SHIFTED));
    }
}
