package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExampleFormatTest {
    private final byte[] good = ExampleFormat.encode(Samples.example(), Samples.FINGERPRINT);

    @Test
    void shouldReadBackWhatWasWritten() {
        assertEquals(Samples.example(), ExampleFormat.decode(good, "Köln", Samples.FINGERPRINT));
    }

    @Test
    void shouldReadBackEveryBitWhenFeaturesAreOfAnyKind() {
        CounterRandom noise = CounterRandom.of(17, 0, 0, 0);
        for (int n = 0; n < 40; n++) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                double any = noise.gaussian() * Math.pow(10, 30 * noise.gaussian());
                x[i] = switch ((int) Math.floor(4 * noise.uniform())) {
                    case 0 -> noise.uniform() < 0.5 ? 0.0 : -0.0;
                    case 1 -> (float) noise.gaussian();
                    case 2 -> any;
                    default -> Double.NaN;
                };
            }
            Observation example = new Observation("k", "e" + n, n, new FeatureVector(x), n);
            assertEquals(example, ExampleFormat.decode(ExampleFormat.encode(example, 7), "k", 7));
        }
    }

    @Test
    void shouldTakeTwoBitsForEachCategoryWhenAOneHotIsWide() {
        double[] x = new double[10_000];
        x[7_777] = 1;
        byte[] bytes = ExampleFormat.encode(new Observation("", "e", 0, new FeatureVector(x), 1), 7);
        assertTrue(bytes.length < 2_600, bytes.length + " bytes");
    }

    @Test
    void shouldRefuseWhenTheShapeDiffers() {
        assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(good, "Köln", 1));
    }

    @Test
    void shouldRefuseWhenAnyByteIsFlippedOrMissing() {
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            byte[] cut = Arrays.copyOf(good, at);
            assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(flipped, "Köln", Samples.FINGERPRINT));
            assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(cut, "Köln", Samples.FINGERPRINT));
        }
    }
}
