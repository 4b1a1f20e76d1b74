package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluatorTest {
    private static final ModelSpec SPEC = ModelSpec.defaults(
            new FeatureEncoder(FeatureSpec.parseList("x"), UnseenCategory.ZERO),
            new LabelEncoder(Task.REGRESSION, List.of()));
    private static final int ROWS = 60;
    private static final int BAD = 7;

    private final Dataset data = data();
    private final List<Observation> events = data.all().events();

    @Test
    void shouldEqualTheLearnersOwnTestWhenLabelsComeAtOnce() {
        OnlineLearner learner = OnlineLearner.create(SPEC, "");
        events.forEach(learner::fold);
        PassResult score = new Evaluator(SPEC, data).prequential(0, Watch.nothing());
        assertEquals(ROWS - 1, score.n());
        assertEquals(learner.prequential().rmse(), score.metrics().get("rmse"), 1e-12);
        assertEquals(learner.prequential().nll(), score.metrics().get("nll"), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void shouldKnowOnlyLabelsThatArrivedWhenTheyAreLate(int delay) {
        List<Measured> rows = new ArrayList<>();
        new Evaluator(SPEC, data).prequential(delay, watch(rows));
        for (int t = 0; t < events.size(); t++) {
            OnlineLearner learner = OnlineLearner.create(SPEC, "");
            double last = 0;
            double sum = 0;
            int known = Math.max(0, t - delay);
            for (Observation event : events.subList(0, known)) {
                learner.fold(event);
                last = event.label();
                sum += last;
            }
            Prediction expected = learner.predict(events.get(t));
            assertEquals(expected, rows.get(t).prediction(), "row " + t);
            assertEquals(last, rows.get(t).guesses()[0]);
            assertEquals(sum / Math.max(1, known), rows.get(t).guesses()[1], 1e-12);
        }
    }

    @Test
    void shouldPredictAMinibatchWithNothingOfItLearnedWhenItHoldsSeveralEvents() {
        List<Measured> rows = new ArrayList<>();
        ModelSpec batches = batches(4);
        new Evaluator(batches, data).prequential(0, watch(rows));
        for (int t = 0; t < events.size(); t++) {
            int known = t / 4 * 4;
            double last = known == 0 ? 0 : events.get(known - 1).label();
            assertEquals(last, rows.get(t).guesses()[0], "row " + t);
        }
    }

    @Test
    void shouldMeasureEveryRowOnceWhenWindowsCutTheTable() {
        List<Windows.Window> windows = new ArrayList<>();
        List<Measured> rows = new ArrayList<>();
        PassResult score = new Evaluator(SPEC, data)
                .prequential(0, new Watch(0, 25, windows::add, rows::add, state -> {}, events -> {}));
        assertEquals(3, windows.size());
        double squares = 0;
        long n = 0;
        for (int w = 0; w < 3; w++) {
            Windows.Window window = windows.get(w);
            assertEquals(w, window.number());
            assertEquals(25 * w, window.from());
            assertEquals(Math.min(ROWS, 25 * w + 25), window.to());
            double own = rows.stream()
                    .filter(row -> row.row() >= window.from() && row.row() < window.to())
                    .mapToDouble(row ->
                            Math.pow(row.prediction().mean() - row.event().label(), 2))
                    .sum();
            assertEquals(Math.sqrt(own / window.n()), window.metrics().get("rmse"), 1e-12);
            squares += own;
            n += window.n();
        }
        assertEquals(24, windows.get(0).n());
        assertEquals(score.n(), n);
        assertEquals(score.metrics().get("rmse"), Math.sqrt(squares / n), 1e-12);
    }

    @Test
    void shouldTellRowsOfTheTableWhenOneIsRejected() {
        List<Measured> rows = new ArrayList<>();
        new Evaluator(SPEC, data).prequential(0, watch(rows));
        assertEquals(ROWS - 1, rows.size());
        assertEquals(BAD - 1, rows.get(BAD - 1).row());
        assertEquals(BAD + 1, rows.get(BAD).row());
    }

    @Test
    void shouldCompareWithBaselinesWhenRowsAreHeldOut() {
        List<Measured> rows = new ArrayList<>();
        int[] train = IntStream.range(10, ROWS).toArray();
        PassResult score = new Evaluator(SPEC, data).heldOut(new Split(train, new int[] {3, 1}), watch(rows));
        assertEquals(3, rows.get(0).row());
        assertEquals(1, rows.get(1).row());
        assertEquals(events.get(events.size() - 1).label(), rows.get(1).guesses()[0]);
        assertTrue(score.metrics().containsKey("baselines.rls.rmse"));
    }

    private static Watch watch(List<Measured> rows) {
        return new Watch(0, 0, window -> {}, rows::add, state -> {}, events -> {});
    }

    private static ModelSpec batches(int size) {
        return SPEC.toBuilder().batchSize(size).build();
    }

    /** y = 3x + noise about 10; one row is rejected. */
    private static Dataset data() {
        Random random = new Random(4);
        List<Outcome<Observation>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            float x = (float) random.nextGaussian();
            double y = 10 + 3 * x + random.nextGaussian();
            rows.add(
                    i == BAD
                            ? Outcome.reject(Reason.BAD_FEATURE, "row " + i)
                            : Outcome.of(new Observation("", "row-" + i, i, new FeatureVector(new float[] {x}), y)));
        }
        return new Dataset(rows);
    }
}
