package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.ParameterLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scaled estimate of a step, averaged over minibatches, replays and weight samples, is the sum over all N events.
 *
 * <p>Learning rates are zero, so that the posterior stands still while the trainer draws; the data are the same for all.
 */
class ElboScalingTest {
    private static final int N = 24;
    private static final int DRAWS = 5_000;

    @ParameterizedTest
    @EnumSource(ReplayWeighting.class)
    void shouldEqualTheFullDataElboWhenAMinibatchIsScaledByNOverB(ReplayWeighting weighting) {
        assertEquals(full(), averageFit(3, 0, weighting), 0.015 * full());
    }

    @Test
    void shouldEqualTheFullDataElboWhenReplayIsStratified() {
        assertEquals(full(), averageFit(3, 5, ReplayWeighting.STRATIFIED), 0.015 * full());
    }

    @Test
    void shouldEqualTheFullDataElboWhenReplayIsPooledAndAllEventsAreAlike() {
        assertEquals(full(), averageFit(3, 5, ReplayWeighting.POOLED), 0.015 * full());
    }

    @Test
    void shouldCountEachFreshEventOnceWhenRecursive() {
        SpecBuilder builder = spec(3, 0, ReplayWeighting.STRATIFIED);
        builder.nPolicy = NPolicy.RECURSIVE;
        assertEquals(3.0 / N * full(), averageFit(builder), 0.015 * full());
    }

    @Test
    void shouldReportTheClosedFormKlWhenAsked() {
        ModelSpec spec = spec(3, 0, ReplayWeighting.STRATIFIED).build();
        Belief belief = Belief.create(spec.shape(), "", 0);
        Trainer trainer = new Trainer(belief, new Reservoir(0, 0));
        Prior prior = Prior.of(belief.shape().layout(), spec.network().priorScale());
        double expected = KlDivergence.of(
                belief.champion().iterate().mu(), belief.champion().iterate().sigma2(), prior);
        assertEquals(expected, trainer.kl(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"100, 1, 0", "100, 4, 3", "7, 7, 2", "50, 1, 49"})
    void shouldSumToNWhenWeightsAreSummed(double n, int b, int r) {
        for (ReplayWeighting weighting : ReplayWeighting.values()) {
            double replayed = r == 0 ? 0 : weighting.replayed(n, b, r);
            assertEquals(n, b * weighting.fresh(n, b, r) + r * replayed, 1e-9, weighting.name());
        }
        if (r > 0) {
            assertEquals(1, ReplayWeighting.STRATIFIED.fresh(n, b, r));
            assertEquals((n - b) / r, ReplayWeighting.STRATIFIED.replayed(n, b, r), 1e-9);
            assertEquals(n / (b + r), ReplayWeighting.POOLED.replayed(n, b, r), 1e-9);
        }
    }

    private static SpecBuilder spec(int batch, int replay, ReplayWeighting weighting) {
        SpecBuilder builder = SpecBuilder.linear(LinearData.COLUMNS);
        builder.batch = batch;
        builder.replay = replay;
        builder.capacity = N;
        builder.weighting = weighting;
        builder.nValue = N;
        builder.muRate = 0;
        builder.rhoRate = 0;
        builder.initialScale = 0.5;
        return builder;
    }

    private static double averageFit(int batch, int replay, ReplayWeighting weighting) {
        return averageFit(spec(batch, replay, weighting));
    }

    /** Mean of the trainer's fit over random splits of all events into fresh ones and the reservoir. */
    private static double averageFit(SpecBuilder builder) {
        ModelSpec spec = builder.build();
        Belief belief = Belief.create(spec.shape(), "", 0);
        CounterRandom shuffle = CounterRandom.of(17, 0, 0, 0);
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Observation> events = new ArrayList<>(data().events());
            for (int i = N - 1; i > 0; i--) {
                Collections.swap(events, i, (int) shuffle.below(i + 1));
            }
            Reservoir reservoir = new Reservoir(0, builder.replay == 0 ? 0 : N);
            for (int i = builder.batch; i < N && builder.replay > 0; i++) {
                reservoir.offer(events.get(i), shuffle);
            }
            Trainer trainer = new Trainer(belief, reservoir);
            trainer.train(events.subList(0, builder.batch));
            sum += trainer.fit();
            belief.consume(1);
        }
        return sum / DRAWS;
    }

    /** Σ over all events of the expected loss under the posterior that the learner starts with. */
    private static double full() {
        ModelSpec spec = spec(3, 0, ReplayWeighting.STRATIFIED).build();
        Posterior q = Belief.create(spec.shape(), "", 0).champion().iterate();
        return data().events().stream()
                .mapToDouble(e -> LinearData.expectedLoss(e, q))
                .sum();
    }

    private static LinearData data() {
        return LinearData.orthogonal(N / 8, Prior.of(new ParameterLayout(LinearData.COLUMNS, List.of(), 1), 0), 3);
    }
}
