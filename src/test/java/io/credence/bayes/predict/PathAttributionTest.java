package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.predict.Attribution.Part;
import io.credence.bayes.predict.PathAttribution.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts against integrals in closed form. */
class PathAttributionTest {
    private static final List<String> AB = List.of("a", "b");
    private static final float[] ORIGIN = {0, 0};

    @Test
    void shouldGiveEachFieldItsTermWhenTheSurfaceIsLinear() {
        Attribution told = attribute(ORIGIN, new float[] {2, -1}, AB, x -> 5 + 3 * x[0] + 4 * x[1]);

        assertEquals(6, told.parts().get(0).mean(), 1e-6);
        assertEquals(-4, told.parts().get(1).mean(), 1e-6);
        assertEquals(5, told.baseMean(), 1e-6);
        assertEquals(7, told.mean(), 1e-6);
    }

    @Test
    void shouldShareAProductEquallyWhenBothBeginAtZero() {
        // ∫ ∂(ab)/∂a da along the diagonal is ab/2, and so for b.
        Attribution told = attribute(ORIGIN, new float[] {2, 3}, AB, x -> x[0] * x[1]);

        assertEquals(3, told.parts().get(0).mean(), 1e-6);
        assertEquals(3, told.parts().get(1).mean(), 1e-6);
    }

    @Test
    void shouldFollowThePathWhenTheSurfaceIsCurved() {
        // f = a²b from (1, 0) to (3, 1): x(t) = (1 + 2t, t); ∫ 2ab·2 dt = 4(t²/2 + 2t³/3) = 14/3, ∫ a² dt = 13/3.
        Attribution told = attribute(new float[] {1, 0}, new float[] {3, 1}, AB, x -> x[0] * x[0] * x[1]);

        assertEquals(14 / 3.0, told.parts().get(0).mean(), 0.01);
        assertEquals(13 / 3.0, told.parts().get(1).mean(), 0.01);
        assertSums(told);
    }

    @Test
    void shouldSumExactlyWhenTheSurfaceJumps() {
        Attribution told = attribute(
                ORIGIN, new float[] {1, 1}, AB, x -> (x[0] > 0.3 ? 100 : 0) + Math.sin(20 * x[1]) + x[0] * x[1]);

        assertSums(told);
    }

    @Test
    void shouldSayNothingOfAFieldThatIsAsOnAverage() {
        Attribution told = attribute(new float[] {4, 0}, new float[] {4, 1}, AB, x -> x[0] * x[0] + x[1]);

        assertEquals(0, told.parts().get(0).mean());
        assertEquals(1, told.parts().get(1).mean(), 1e-6);
    }

    @Test
    void shouldMoveTheColumnsOfAFieldTogether() {
        List<String> fields = List.of("hour", "hour", "b");
        Attribution told = attribute(new float[3], new float[] {1, 2, 3}, fields, x -> x[0] * x[1] + x[2]);

        assertEquals(
                List.of("hour", "b"), told.parts().stream().map(Part::feature).toList());
        assertEquals(2, told.parts().get(0).mean(), 1e-6);
        assertEquals(3, told.parts().get(1).mean(), 1e-6);
    }

    @Test
    void shouldSumStillWhenThereAreMoreFieldsThanAreToldApart() {
        int width = 700;
        float[] to = new float[width];
        IntStream.range(0, width).forEach(i -> to[i] = i / (float) width);
        List<String> fields = IntStream.range(0, width).mapToObj(i -> "f" + i).toList();

        Attribution told = attribute(new float[width], to, fields, x -> Arrays.stream(boxed(x))
                .map(v -> v * v)
                .sum());

        assertSums(told);
        assertEquals("f699", told.byMean().get(1).feature());
        assertEquals(PathAttribution.OTHERS, told.byMean().get(0).feature());
    }

    @Test
    void shouldAttributeNothingWhenTheEventIsTheAverage() {
        Attribution told = attribute(ORIGIN, ORIGIN, AB, x -> 7);

        assertEquals(7, told.mean());
        assertSums(told);
    }

    @Test
    void shouldAttributeTheProbabilityOfTheLikeliestClass() {
        Surface surface = (n, x) -> IntStream.range(0, n)
                .mapToObj(i -> (Prediction) classes(0.2 + 0.6 * x[2 * i], 0.5 - 0.4 * x[2 * i]))
                .toList();
        Attribution told = new PathAttribution(ORIGIN, new float[] {1, 1}, AB).over(surface);

        assertEquals(0.8, told.mean(), 1e-6);
        assertEquals(0.6, told.parts().get(0).mean(), 1e-6);
        assertEquals(0, told.parts().get(1).mean(), 1e-9);
    }

    @Test
    void shouldNameWhatIsOutOfRangeBeforeWhatAddsMostToTheVariance() {
        Attribution told =
                new Attribution(0, 0, 0, 0, List.of(new Part("a", -3, -9), new Part("b", 2, 1), new Part("c", 0, 0)));

        assertEquals(List.of("b", "c", "a"), names(told.causes(Flags.NONE)));
        assertEquals(List.of("c", "b", "a"), names(told.causes(new Flags(false, true, 3, List.of("c")))));
        assertEquals("a", told.byMean().get(0).feature());
    }

    private static List<String> names(List<Part> parts) {
        return parts.stream().map(Part::feature).toList();
    }

    private static ClassPrediction classes(double first, double second) {
        double[] p = {first, second, 1 - first - second};
        return new ClassPrediction(p, 0, 0, 0, 0, 0, List.of(), Flags.NONE);
    }

    private static double[] boxed(float[] x) {
        double[] wide = new double[x.length];
        IntStream.range(0, x.length).forEach(i -> wide[i] = x[i]);
        return wide;
    }

    private static void assertSums(Attribution told) {
        double means = told.parts().stream().mapToDouble(Attribution.Part::mean).sum();
        double variances =
                told.parts().stream().mapToDouble(Attribution.Part::variance).sum();
        assertEquals(told.mean() - told.baseMean(), means, 1e-9 * (1 + Math.abs(told.mean())));
        assertEquals(told.variance() - told.baseVariance(), variances, 1e-9 * (1 + told.variance()));
        assertTrue(Double.isFinite(means));
    }

    /** The surface's mean is a function of the columns, its variance that of the first column. */
    private static Attribution attribute(
            float[] from, float[] to, List<String> fields, ToDoubleFunction<float[]> mean) {
        int width = to.length;
        Surface surface = (n, x) -> IntStream.range(0, n)
                .mapToObj(i -> {
                    float[] row = Arrays.copyOfRange(x, i * width, (i + 1) * width);
                    return (Prediction) new RealPrediction(mean.applyAsDouble(row), 1 + row[0] * row[0], 2, 0, 0);
                })
                .toList();
        return new PathAttribution(from, to, fields).over(surface);
    }
}
