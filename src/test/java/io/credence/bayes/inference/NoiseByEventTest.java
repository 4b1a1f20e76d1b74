package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream whose noise is twenty times as large at one end as at the other; its deviation is known at every event. */
class NoiseByEventTest {
    private static final int N = 6_000;

    /**
     * Over the second half.
     *
     * @param error root mean square of the mean's distance from the truth
     * @param logScore mean log density of a Gaussian with the told mean and variance
     * @param ratios mean of the told noise deviation over the true one, where noise is little, and where it is much
     */
    private record Result(double error, double logScore, double... ratios) {}

    @Test
    void shouldKnowHowMuchNoiseThereIsAndLearnTheMeanNoWorseWhenItDependsOnTheEvent() {
        Result one = run(LikelihoodKind.GAUSSIAN);
        Result each = run(LikelihoodKind.HETEROSCEDASTIC);
        String figures = one + " " + each;
        assertTrue(each.error() < 1.05 * one.error(), figures);
        assertTrue(each.logScore() > one.logScore() + 0.3, figures);
        for (double ratio : each.ratios()) {
            assertEquals(1, ratio, 0.35, figures);
        }
    }

    private static Result run(LikelihoodKind kind) {
        OnlineLearner learner = OnlineLearner.create(
                ModelSpec.builder()
                        .features(List.of(FeatureSpec.parse("a"), FeatureSpec.parse("b")))
                        .task(Task.REGRESSION)
                        .likelihood(kind)
                        .build(),
                "");
        CounterRandom random = CounterRandom.of(5, 0, 0, 0);
        double errors = 0;
        double scores = 0;
        double[] ratios = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < N; i++) {
            double[] x = {2 * random.uniform() - 1, 2 * random.uniform() - 1};
            double mean = Math.sin(3 * x[0]) + x[1];
            double deviation = 0.05 * Math.exp(1.5 * (1 + x[0]));
            double y = mean + deviation * random.gaussian();
            Prediction p = learner.fold(new Observation("", "e" + i, i, new FeatureVector(x), y))
                    .predictions()
                    .get(0);
            if (i >= N / 2) {
                errors += Math.pow(p.mean() - mean, 2) / (N - N / 2);
                double z2 = Math.pow(y - p.mean(), 2) / p.variance();
                scores -= 0.5 * (Math.log(2 * Math.PI * p.variance()) + z2) / (N - N / 2);
                if (Math.abs(x[0]) > 0.6) {
                    int end = x[0] < 0 ? 0 : 1;
                    ratios[end] += Math.sqrt(p.aleatoricVariance()) / deviation;
                    counts[end]++;
                }
            }
        }
        return new Result(Math.sqrt(errors), scores, ratios[0] / counts[0], ratios[1] / counts[1]);
    }
}
