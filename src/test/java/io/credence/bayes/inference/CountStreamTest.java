package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Interval;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is the rate that counts were drawn with: nobody's error is below the root of its mean. */
class CountStreamTest {
    private static final int N = 3_000;

    /** Errors, of the later events, over those of somebody who knows the rates, and what the intervals held. */
    private record Result(double error, double covered, double largest, boolean whole, OnlineLearner learner) {}

    private static OnlineLearner learner(int delay) {
        return OnlineLearner.create(spec(delay), "");
    }

    private static ModelSpec spec(int delay) {
        SpecBuilder spec = SpecBuilder.of(LikelihoodKind.NEGATIVE_BINOMIAL, 2);
        spec.hidden = List.of(16);
        spec.replay = 16;
        spec.capacity = 1_000;
        spec.klWeight = 0.1;
        spec.muRate = 0.02;
        spec.labelDelay = delay;
        return spec.build();
    }

    private static Result run(
            OnlineLearner learner, IntToDoubleFunction mean, double spread, IntToDoubleFunction wrong) {
        CounterRandom random = CounterRandom.of(8, 0, 0, 0);
        double errors = 0;
        double noise = 0;
        int covered = 0;
        int n = 0;
        double largest = 0;
        boolean whole = true;
        for (int i = 0; i < N; i++) {
            float[] x = {(float) random.gaussian(), (float) random.gaussian()};
            double rate = mean.applyAsDouble(i) * Math.exp(spread * (x[0] - 0.5 * x[1]) / 2);
            double y = poisson(rate, random);
            double told = wrong.applyAsDouble(i) > 0 ? wrong.applyAsDouble(i) : y;
            Step step = learner.fold(new Observation("", "e" + i, 1000L * i, new FeatureVector(x), told));
            if (step == null || told != y) {
                continue;
            }
            Prediction p = step.predictions().get(0);
            for (Interval interval : p.intervals()) {
                whole &= interval.lower() >= 0 && interval.lower() == Math.rint(interval.lower());
                whole &= interval.upper() == Math.rint(interval.upper());
            }
            largest = Math.max(largest, p.mean());
            if (i >= N - 1_000) {
                n++;
                errors += (y - p.mean()) * (y - p.mean());
                noise += rate;
                covered += p.covers(y) ? 1 : 0;
            }
        }
        return new Result(Math.sqrt(errors / noise), covered / (double) n, largest, whole, learner);
    }

    private static double poisson(double rate, CounterRandom random) {
        if (rate > 200) {
            return Math.max(0, Math.rint(rate + Math.sqrt(rate) * random.gaussian()));
        }
        int count = -1;
        for (double left = rate; left > 0; count++) {
            left += Math.log(1 - random.uniform());
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1, 1.1", "5, 1, 1.1", "5000, 0.05, 1.15", "20000, 0, 1.05", "20000, 0.05, 1.25"})
    void shouldComeCloseToTheNoiseWhateverTheMean(double mean, double spread, double bound) {
        Result result = run(learner(0), i -> mean, spread, i -> 0);
        assertTrue(result.error() < bound, "error over noise: " + result.error());
        // Whole ends hold more than their level where counts are few.
        assertTrue(result.covered() > 0.87 && result.covered() < (mean < 50 ? 1 : 0.93), "of 0.9: " + result.covered());
        assertTrue(result.whole(), "ends are whole and not negative");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24})
    void shouldComeCloseToTheNoiseWhenLabelsAreLate(int delay) {
        Result result = run(learner(delay), i -> 40, 1, i -> 0);
        assertTrue(result.error() < 1.2, "error over noise: " + result.error());
        assertEquals(0.9, result.covered(), 0.04);
    }

    @Test
    void shouldPredictAsBeforeWhenOneCountIsWrong() {
        Result result = run(learner(0), i -> 5, 1, i -> i == 1_500 ? 1e6 : 0);
        assertTrue(result.error() < 1.1, "error over noise: " + result.error());
        assertTrue(result.largest() < 100, "largest prediction " + result.largest());
    }

    @Test
    void shouldGoOnWhenTheUnitOfCountsChanges() {
        Result before = run(learner(0), i -> 50, 1, i -> 0);
        Result after = run(learner(0), i -> i < 1_500 ? 50 : 50_000, 1, i -> 0);
        assertTrue(after.error() < 40, "error over noise, which became a thirtieth: " + after.error());
        assertTrue(before.error() < 1.15, "error over noise: " + before.error());
    }

    @Test
    void shouldSayTheSameWhenResumed() {
        List<Observation> more = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            more.add(new Observation("", "m" + i, 1000L * (N + i), new FeatureVector(new float[] {1, -1}), 3 + i % 7));
        }
        OnlineLearner learner = run(learner(3), i -> 5, 1, i -> 0).learner();
        OnlineLearner resumed = OnlineLearner.resume(
                spec(3), learner.state(), learner.reservoir().slots());
        for (Observation event : more) {
            Step one = learner.fold(event);
            Step other = resumed.fold(event);
            assertEquals(
                    one.predictions().get(0).mean(), other.predictions().get(0).mean(), 0);
            assertEquals(
                    one.predictions().get(0).upper(), other.predictions().get(0).upper(), 0);
        }
    }
}
