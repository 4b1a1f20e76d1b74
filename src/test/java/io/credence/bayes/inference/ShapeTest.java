package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.network.Activation;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    private static final long PLAIN = fingerprint(builder -> {});

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldKnowTheLengthsOfAStateWithoutALearner(LikelihoodKind likelihood) {
        for (RuleKind rule : RuleKind.values()) {
            for (boolean drift : new boolean[] {true, false}) {
                for (int columns : new int[] {1, 3, 70}) {
                    SpecBuilder builder = SpecBuilder.of(likelihood, columns);
                    builder.rule = rule;
                    builder.drift = drift;
                    ModelSpec spec = builder.build();
                    LearnerState state = OnlineLearner.create(spec, "m").state();
                    assertEquals(
                            state.weights().stream().map(part -> part.length).toList(),
                            spec.shape().weightLengths(1, false));
                    assertEquals(
                            state.statistics().stream().map(part -> part.length).toList(),
                            spec.shape().statisticLengths(1));
                    assertEquals(state.mu().length, spec.shape().parameters());
                    assertEquals(state.fingerprint(), spec.shape().fingerprint());
                }
            }
        }
    }

    @Test
    void shouldHaveAnotherFingerprintWhenWhatItCoversChanges() {
        List<Consumer<SpecBuilder>> changes = List.of(
                b -> b.columns = 3,
                b -> b.standardised = false,
                b -> b.hidden = List.of(7),
                b -> b.activation = Activation.RELU,
                b -> b.likelihood = LikelihoodKind.HETEROSCEDASTIC,
                b -> b.rule = RuleKind.VON,
                b -> b.drift = false);
        changes.forEach(change -> assertNotEquals(PLAIN, fingerprint(change)));
        assertEquals(
                changes.size(),
                changes.stream().map(ShapeTest::fingerprint).distinct().count());
    }

    @Test
    void shouldKeepTheFingerprintWhenOnlyTheRestChanges() {
        List<Consumer<SpecBuilder>> changes = List.of(
                b -> b.muRate = 0.5,
                b -> b.priorScale = 2,
                b -> b.replay = 0,
                b -> b.batch = 9,
                b -> b.klWeight = 0.3,
                b -> b.predictiveSamples = 4,
                b -> b.warmup = 1,
                b -> b.seed = 99);
        changes.forEach(change -> assertEquals(PLAIN, fingerprint(change)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "x?:hash(3)", "x:hash(4)", "y:hash(3)", "x:cyclic(24)", "x:cyclic(12)", "x:onehot(a,b)"})
    void shouldHaveAnotherFingerprintWhenAFeatureIsEncodedInAnotherWay(String feature) {
        assertNotEquals(fingerprint("x:hash(3)"), fingerprint(feature));
    }

    private static long fingerprint(String feature) {
        ModelSpec spec = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 1).build();
        FeatureEncoder encoder = new FeatureEncoder(List.of(FeatureSpec.parse(feature)), UnseenCategory.ZERO);
        return new ModelSpec(encoder, spec.label(), spec.network(), spec.learning(), spec.predictive(), spec.seed())
                .shape()
                .fingerprint();
    }

    private static long fingerprint(Consumer<SpecBuilder> change) {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        change.accept(builder);
        return builder.build().shape().fingerprint();
    }
}
