package io.credence.examples;

import io.credence.bayes.Credence;
import io.credence.bayes.Learner;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.predict.Prediction;
import java.util.Map;

/** Learns how many bikes are hired at a temperature and an hour, then says how sure it is. */
final class LearnWithoutKafka {
    private LearnWithoutKafka() {}

    public static void main(String[] args) {
        ModelSpec spec = ModelSpec.builder()
                .features("temp, hour:cyclic(24)")
                .task(Task.REGRESSION)
                .build();
        Learner learner = Credence.learner(spec);
        for (int i = 0; i < 1000; i++) {
            int temp = i * 7 % 30;
            int hour = i * 5 % 24;
            double bikes = 100 + 5 * temp + 60 * Math.sin(hour * Math.PI / 12) + i * 11 % 13;
            learner.learn(Map.of("temp", temp, "hour", hour), bikes).orElseThrow();
        }
        for (int temp : new int[] {20, 80}) {
            Prediction p = learner.predict(Map.of("temp", temp, "hour", 6)).orElseThrow();
            System.out.printf(
                    "at %d degrees %.0f bikes, 95 %% within %.0f and %.0f: variance %.0f from the model, %.0f from noise%n",
                    temp, p.mean(), p.lower(), p.upper(), p.epistemicVariance(), p.aleatoricVariance());
        }
    }
}
