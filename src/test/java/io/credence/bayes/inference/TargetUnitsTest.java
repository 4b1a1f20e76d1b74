package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.SyntheticStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody has to know the scale of the target, and a change of the running scale changes no prediction. */
class TargetUnitsTest {
    @ParameterizedTest
    @CsvSource({"1, 1000, 1e5", "1, 1e-3, 0", "7, 1000, 1e5", "7, 1e-3, 7"})
    void shouldPredictAlikeWhenTheTargetIsInOtherUnits(int batch, double factor, double shift) {
        List<Prediction> plain = predictions(batch, 1, 0);
        List<Prediction> scaled = predictions(batch, factor, shift);
        for (int i = 3 * batch + 10; i < plain.size(); i++) {
            double deviation = plain.get(i).deviation();
            assertEquals(deviation, scaled.get(i).deviation() / factor, 0.15 * deviation, "deviation of event " + i);
            assertEquals(plain.get(i).mean(), (scaled.get(i).mean() - shift) / factor, 0.3 * deviation, "event " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"7.5", "5e-4", "-1e6", "0"})
    void shouldNarrowTheBandWhenTheTargetIsConstant(double label) {
        OnlineLearner learner =
                OnlineLearner.create(SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2).build(), "");
        Prediction last = null;
        for (Observation event : SyntheticStream.of(LikelihoodKind.GAUSSIAN, 200, 2, 1)) {
            last = learner.fold(relabel(event, label)).predictions().get(0);
        }
        double size = label == 0 ? 1 : Math.abs(label);
        assertTrue(last != null && last.deviation() < 0.01 * size, "deviation " + last.deviation());
        assertEquals(label, last.mean(), 0.01 * size);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1000, 0", "1e-3, 0", "1, 100"})
    void shouldCoverTheSecondLabelsWhenOnlyTheFirstIsKnown(double factor, double shift) {
        int covered = 0;
        for (int seed = 0; seed < 50; seed++) {
            OnlineLearner learner = OnlineLearner.create(
                    SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2).build(), "");
            List<Observation> events = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 2, 2, seed);
            double label = factor * events.get(1).label() + shift;
            learner.fold(relabel(events.get(0), factor * events.get(0).label() + shift));
            Prediction p =
                    learner.fold(relabel(events.get(1), label)).predictions().get(0);
            covered += Math.abs(label - p.mean()) < 1.96 * p.deviation() ? 1 : 0;
        }
        assertTrue(covered >= 45, covered + " of 50");
    }

    @Test
    void shouldStillLearnWhenTheTargetWasConstantAtFirst() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        OnlineLearner learner = OnlineLearner.create(builder.build(), "");
        List<Observation> events = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 600, 2, 1);
        for (int i = 0; i < 30; i++) {
            learner.fold(relabel(events.get(i), 0));
        }
        double error = 0;
        double spread = 0;
        for (Observation event : events.subList(30, 600)) {
            double label = (event.label() - 10) * 1e-4;
            Prediction p = learner.fold(relabel(event, label)).predictions().get(0);
            error += event.timestamp() > 300_000 ? Math.pow(label - p.mean(), 2) : 0;
            spread += event.timestamp() > 300_000 ? label * label : 0;
        }
        assertTrue(error < 0.3 * spread, "unexplained share " + error / spread);
    }

    @ParameterizedTest
    @EnumSource(
            value = LikelihoodKind.class,
            names = {"GAUSSIAN", "HETEROSCEDASTIC"})
    void shouldKeepPredictionsInOriginalUnitsWhenTheRunningScaleChanges(LikelihoodKind kind) {
        SpecBuilder builder = SpecBuilder.of(kind, 3);
        builder.standardised = false;
        builder.drift = false;
        ModelSpec spec = builder.build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        List<Observation> events = SyntheticStream.of(kind, 20, 3, 1);
        events.forEach(learner::fold);
        Belief belief = Belief.of(spec.shape(), learner.state());
        for (double outlier : new double[] {60, -500, 11}) {
            List<Prediction> before = predict(spec, belief, events);
            double scale = belief.standardisation().targetScale();
            Units.learn(belief, events.get(0).withLabel(outlier), List.of());
            List<Prediction> after = predict(spec, belief, events);
            double factor = belief.standardisation().targetScale() / scale;
            assertTrue(Math.abs(factor - 1) > 0.01, "the scale must change to test anything");
            for (int i = 0; i < before.size(); i++) {
                Prediction b = before.get(i);
                Prediction a = after.get(i);
                assertEquals(b.mean(), a.mean(), 1e-5 * (Math.abs(b.mean()) + b.deviation()));
                if (kind == LikelihoodKind.GAUSSIAN) {
                    // What was learned is the same, and the prior is that of the new unit.
                    assertTrue(a.epistemicVariance() >= Math.min(1, factor * factor) * b.epistemicVariance());
                    assertTrue(a.epistemicVariance() <= Math.max(1, factor) * b.epistemicVariance());
                } else {
                    assertEquals(b.epistemicVariance(), a.epistemicVariance(), 1e-5 * b.variance());
                }
                assertEquals(b.aleatoricVariance(), a.aleatoricVariance(), 1e-5 * b.variance());
            }
        }
    }

    @Test
    void shouldPredictAsForTheMeanWhenAValueIsMissing() {
        ModelSpec spec = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2).build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        double sum = 0;
        for (Observation event : SyntheticStream.of(LikelihoodKind.GAUSSIAN, 50, 2, 1)) {
            double[] x = event.features().values().clone();
            sum += x[0];
            double[] gap = {x[0], Double.NaN};
            learner.fold(new Observation("", "", 0, new FeatureVector(x), event.label()));
            Step step = learner.fold(new Observation("", "", 0, new FeatureVector(gap), event.label()));
            assertTrue(Double.isFinite(step.predictions().get(0).mean()));
        }
        float[] missing = {Float.NaN, 0.5f};
        float[] mean = {(float) (sum / 50), 0.5f};
        List<Prediction> p = Predictors.of(spec, learner.state())
                .predict(List.of(new FeatureVector(missing), new FeatureVector(mean)));
        assertEquals(p.get(1).mean(), p.get(0).mean(), 1e-5);
        assertEquals(p.get(1).deviation(), p.get(0).deviation(), 1e-5);
    }

    private static List<Prediction> predict(ModelSpec spec, Belief belief, List<Observation> events) {
        return Predictors.of(spec, belief.state(new Reservoir(0, 0)))
                .predict(events.stream().map(Observation::features).toList());
    }

    private static List<Prediction> predictions(int batch, double factor, double shift) {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        builder.batch = batch;
        OnlineLearner learner = OnlineLearner.create(builder.build(), "");
        List<Prediction> predictions = new ArrayList<>();
        for (Observation event : SyntheticStream.of(LikelihoodKind.GAUSSIAN, 84, 2, 1)) {
            Step step = learner.fold(relabel(event, shift + factor * event.label()));
            predictions.addAll(step == null ? List.of() : step.predictions());
        }
        return predictions;
    }

    private static Observation relabel(Observation event, double label) {
        return new Observation("", event.eventId(), event.timestamp(), event.features(), label);
    }
}
