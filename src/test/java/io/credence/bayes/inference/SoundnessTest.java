package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Doubt;
import io.credence.bayes.alert.RecentTail;
import io.credence.bayes.alert.Repeats;
import io.credence.bayes.alert.TailLaw;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.predict.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States from elsewhere, each sound but for one number. */
class SoundnessTest {
    private static final LearnerState SOUND = learned(LikelihoodKind.GAUSSIAN, RuleKind.ADAM);

    private enum Weights {
        ITERATE_MU,
        ITERATE_RHO,
        MU,
        RHO,
        OPTIMISER
    }

    private enum Statistics {
        OBSERVATION_NOISE,
        DRIFT,
        STANDARDISATION,
        COUNTERS,
        MEMORY,
        CALIBRATION,
        SEEN,
        FLAGS
    }

    /** Where the parts of the flags begin. */
    private enum Flags {
        DISTANCES(0),
        IGNORANCE(RecentTail.LENGTH),
        LABELS(RecentTail.LENGTH + Doubt.LENGTH),
        FEATURES(LABELS.from + TailLaw.LENGTH),
        SHIFTS(FEATURES.from + TailLaw.LENGTH);

        private final int from;

        Flags(int from) {
            this.from = from;
        }
    }

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldTakeAStateWhenALearnerIsInIt(LikelihoodKind likelihood) {
        for (RuleKind rule : RuleKind.values()) {
            shape(likelihood, rule).refuseUnfit(learned(likelihood, rule));
            shape(likelihood, rule)
                    .refuseUnfit(
                            OnlineLearner.create(spec(likelihood, rule), "m").state());
        }
    }

    @ParameterizedTest
    @EnumSource(Weights.class)
    void shouldRefuseAWeightWhenItIsNotFiniteOrTooLarge(Weights part) {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e38f, -1e38f}) {
            refused(with(part, 0, value));
            refused(with(part, -1, value));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Statistics.class,
            names = {"CALIBRATION", "SEEN", "FLAGS"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseAStatisticWhenItIsNotFiniteOrTooLarge(Statistics part) {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e308, -1e308, Double.MAX_VALUE}) {
            refused(with(part, 0, value));
            refused(with(part, -1, value));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-21, -1e9f, 2e4f})
    void shouldRefuseADeviationWhenItIsNoneOrAllThereIs(float rho) {
        refused(with(Weights.RHO, 1, rho));
        refused(with(Weights.ITERATE_RHO, 1, rho));
    }

    @ParameterizedTest
    @CsvSource({
        "OBSERVATION_NOISE, 0, 0",
        "OBSERVATION_NOISE, 0, -0.5",
        "OBSERVATION_NOISE, 1, -1",
        "STANDARDISATION, 0, -3",
        "STANDARDISATION, 2, -1e-3",
        "MEMORY, 0, -1",
        "MEMORY, 1, 0",
        "MEMORY, 1, 1",
        "MEMORY, 2, -1",
        "MEMORY, 8, -1",
        "COUNTERS, 0, -1",
        "COUNTERS, 1, -1",
        "COUNTERS, 4, 1000"
    })
    void shouldRefuseAStatisticWhenItsSignOrShareCannotBe(Statistics part, int index, double value) {
        refused(with(part, index, value));
    }

    @Test
    void shouldRefuseEachNumberOfTheFlagsWhenItIsInfiniteOrTooLarge() {
        for (int i = 0; i < SOUND.flags().length; i++) {
            refused(with(Statistics.FLAGS, i, Double.POSITIVE_INFINITY));
            refused(with(Statistics.FLAGS, i, 1e200));
        }
        for (int i = 0; i < SOUND.seen().length; i++) {
            refused(with(Statistics.SEEN, i, Double.NEGATIVE_INFINITY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISTANCES, 0, -1, the quantile",
        "DISTANCES, 1, 2, its correction",
        "DISTANCES, 2, 21, credit",
        "DISTANCES, 3, 0.5, numbers",
        "DISTANCES, 4, 61, numbers of the newer half",
        "DISTANCES, 30, -1, newer counts[25]",
        "IGNORANCE, 0, 2000, the median's logarithm",
        "IGNORANCE, 1, -1, its count",
        "IGNORANCE, 9, 0.5, newer counts[2]",
        "LABELS, 0, -1, scores",
        "LABELS, 1, 1e6, scores of the newer half",
        "LABELS, 2, NaN, credit",
        "LABELS, 5, 9, the quantile's logarithm",
        "LABELS, 6, 0, the slope",
        "LABELS, 7, -1, the median",
        "FEATURES, 8, 1e5, newer counts",
        "FEATURES, 307, NaN, counts",
        "FEATURES, 308, -1, older counts[0]",
        "SHIFTS, 0, 51, evidence above",
        "SHIFTS, 1, -2, evidence below",
        "SHIFTS, 2, -1, the largest of the block",
        "SHIFTS, 3, 32, events of the block",
        "SHIFTS, 4, -1, events of the alarm",
        "SHIFTS, 7, -0.1, credit"
    })
    void shouldRefuseAFlagWhenItCannotBe(Flags part, int index, double value, String what) {
        String said = refused(with(Statistics.FLAGS, part.from + index, value));

        assertTrue(said.contains(what), said);
    }

    @Test
    void shouldRefuseRunsWhenTheyCannotBe() {
        int repeats = SOUND.seen().length
                - Repeats.length(shape(LikelihoodKind.GAUSSIAN, RuleKind.ADAM).inputForm());
        for (int number : new int[] {1, 2, 3}) {
            String said = refused(with(Statistics.SEEN, repeats + number, -1));
            assertTrue(said.contains("seen, the runs of column 0"), said);
        }
        assertTrue(refused(with(Statistics.SEEN, repeats + 4, 0.5)).contains("the longest"));
        assertTrue(refused(with(Statistics.SEEN, repeats + 5, 1e9)).contains("the longest"));
    }

    @Test
    void shouldRefuseThePrecisionOfCountsWhenItHasNoInverse() {
        LearnerState sound = learned(LikelihoodKind.NEGATIVE_BINOMIAL, RuleKind.ADAM);
        List<double[]> statistics = new ArrayList<>(sound.statistics());
        double[] noise = sound.observationNoise().clone();
        noise[3] = 1e3;
        statistics.set(0, noise);
        LearnerState wrong = LearnerState.of(
                "m",
                sound.fingerprint(),
                sound.version(),
                sound.events(),
                sound.rejected(),
                sound.weights(),
                statistics);

        String said = assertThrows(
                        IllegalArgumentException.class, () -> shape(LikelihoodKind.NEGATIVE_BINOMIAL, RuleKind.ADAM)
                                .refuseUnfit(wrong))
                .getMessage();

        assertTrue(said.contains("the precision of observationNoise[0]"), said);
    }

    @Test
    void shouldSayThatAnotherReleaseWroteItWhenALengthIsOthersAndTheShapeIsNot() {
        List<double[]> statistics = new ArrayList<>(SOUND.statistics());
        statistics.set(7, new double[100]);

        String said = refused(of(SOUND.weights(), statistics));

        assertTrue(said.contains("another release of Credence"), said);
        assertTrue(said.contains("flags has 100 numbers, in this release " + SOUND.flags().length), said);
        assertTrue(said.contains("application.id"), said);
    }

    @Test
    void shouldNameTheNumberWhenOneIsWrong() {
        int target = SOUND.standardisation().length - RunningMoments.PER_COLUMN;
        String said = refused(with(Statistics.STANDARDISATION, target, -7));

        assertTrue(said.contains("standardisation[" + target + "] is -7.0 and must be at least 0"), said);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4611686018427387904, 5, 0",
        "0, -1, 5, 0",
        "4611686018427387904, 1, 5, 0",
        "0, 1, -5, 0",
        "0, 1, 5, -1"
    })
    void shouldRefuseACountWhenItCannotBe(long epoch, long step, long events, long rejected) {
        refused(LearnerState.of(
                "m",
                SOUND.fingerprint(),
                new ModelVersion(epoch, step),
                events,
                rejected,
                SOUND.weights(),
                SOUND.statistics()));
    }

    @ParameterizedTest
    @EnumSource(Weights.class)
    void shouldRefuseAPartWhenItsLengthIsAnothers(Weights part) {
        List<float[]> weights = new ArrayList<>(SOUND.weights());
        weights.set(part.ordinal(), new float[1]);

        refused(of(weights, SOUND.statistics()));
    }

    private static LearnerState with(Weights part, int index, float value) {
        List<float[]> weights = new ArrayList<>(SOUND.weights());
        float[] changed = weights.get(part.ordinal()).clone();
        changed[index < 0 ? changed.length - 1 : index] = value;
        weights.set(part.ordinal(), changed);
        return of(weights, SOUND.statistics());
    }

    private static LearnerState with(Statistics part, int index, double value) {
        List<double[]> statistics = new ArrayList<>(SOUND.statistics());
        double[] changed = statistics.get(part.ordinal()).clone();
        changed[index < 0 ? changed.length - 1 : index] = value;
        statistics.set(part.ordinal(), changed);
        return of(SOUND.weights(), statistics);
    }

    private static LearnerState of(List<float[]> weights, List<double[]> statistics) {
        return LearnerState.of(
                "m", SOUND.fingerprint(), SOUND.version(), SOUND.events(), SOUND.rejected(), weights, statistics);
    }

    private static String refused(LearnerState state) {
        Shape shape = shape(LikelihoodKind.GAUSSIAN, RuleKind.ADAM);
        String said = assertThrows(IllegalArgumentException.class, () -> shape.refuseUnfit(state))
                .getMessage();
        assertEquals(1, said.lines().count());
        return said;
    }

    private static Shape shape(LikelihoodKind likelihood, RuleKind rule) {
        return spec(likelihood, rule).shape();
    }

    private static ModelSpec spec(LikelihoodKind likelihood, RuleKind rule) {
        SpecBuilder builder = SpecBuilder.of(likelihood, 2);
        builder.rule = rule;
        return builder.build();
    }

    private static LearnerState learned(LikelihoodKind likelihood, RuleKind rule) {
        OnlineLearner learner = OnlineLearner.create(spec(likelihood, rule), "m");
        for (int i = 0; i < 60; i++) {
            FeatureVector x = new FeatureVector(new float[] {i % 7, i % 5 - 2});
            learner.fold(new Observation("m", "e" + i, i * 1000L, x, i % 2));
        }
        return learner.state();
    }
}
