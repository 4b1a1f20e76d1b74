package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelSpecBuilderTest {
    @Test
    void shouldHaveTheDefaultsWhenOnlyFeaturesAndTaskAreSet() {
        ModelSpec spec = usual().build();

        assertEquals(ModelSpec.defaults(spec.features(), spec.label()), spec);
    }

    @Test
    void shouldChangeOneSettingAloneWhenBuiltFromASpecification() {
        ModelSpec spec = usual().hidden(3).muRate(0.5).seed(9).build();
        ModelSpec changed = spec.toBuilder().klWeight(0.7).build();

        assertEquals(0.7, changed.learning().elbo().klWeight());
        assertEquals(spec.network(), changed.network());
        assertEquals(spec.learning().optimiser(), changed.learning().optimiser());
        assertEquals(spec.seed(), changed.seed());
    }

    @Test
    void shouldParseTheFeaturesWhenGivenAsText() {
        assertEquals(
                "[temp:numeric, hum?:numeric, hr:cyclic(24)]",
                usual().build().features().specs().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"batchSize", "samples", "interval", "initialScale", "replayCapacity", "likelihood"})
    void shouldNameTheSettingWhenItIsRefused(String setting) {
        UnaryOperator<ModelSpecBuilder> bad =
                switch (setting) {
                    case "batchSize" -> b -> b.batchSize(0);
                    case "samples" -> b -> b.samples(0);
                    case "interval" -> b -> b.interval(1);
                    case "initialScale" -> b -> b.initialScale(Double.NaN);
                    case "replayCapacity" -> b -> b.replayCapacity(1);
                    default -> b -> b.likelihood(LikelihoodKind.NEGATIVE_BINOMIAL);
                };
        var fault = assertThrows(
                IllegalArgumentException.class, () -> bad.apply(usual()).build());

        assertTrue(fault.getMessage().startsWith(setting + " is "), fault.getMessage());
    }

    private static ModelSpecBuilder usual() {
        return ModelSpec.builder().features("temp, hum?, hr:cyclic(24)").task(Task.REGRESSION);
    }
}
