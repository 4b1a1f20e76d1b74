package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailLawTest {
    private static final TailLaw.Asked ASKED = new TailLaw.Asked(0.0004, 0.005, 0.1, 0.01);

    private final Random random = new Random(8);

    private TailLaw learned(DoubleSupplier scores, int count) {
        TailLaw law = new TailLaw(ASKED);
        Stream.generate(scores::getAsDouble).limit(count).forEach(law::learn);
        return law;
    }

    private double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    @Test
    void shouldReadTheRarityOffTheLineWhenTailsAreExponential() {
        TailLaw law = learned(this::exponential, 30_000);
        // P(s) = e⁻ˢ: a score of 7 is one of 1,100, one of 14 one of a million, which nobody has seen.
        assertEquals(7 / Math.log(10), law.rarity(7), 0.25);
        assertEquals(14 / Math.log(10), law.rarity(14), 1);
        assertEquals(-Math.log(ASKED.share()), law.threshold(), 0.8);
        assertEquals(-Math.log(ASKED.flagged()), law.flagged(), 0.3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.5})
    void shouldKeepTheShareWhenTheStreamIsStationary(double power) {
        TailLaw law = new TailLaw(ASKED);
        int above = 0;
        int events = 60_000;
        for (int i = 0; i < events; i++) {
            above += law.learn(Math.pow(exponential(), power)) ? 1 : 0;
        }
        assertTrue(above <= 2 * ASKED.share() * events, above + " above");
    }

    @Test
    void shouldStillTellAnomaliesWhenTheyAreOneOfAHundred() {
        TailLaw law = new TailLaw(ASKED);
        int missed = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean anomaly = i >= 1000 && i % 100 == 0;
            boolean above = law.learn(anomaly ? 9 + random.nextDouble() : Math.abs(random.nextGaussian()));
            missed += anomaly && !above ? 1 : 0;
        }
        assertTrue(missed <= 2, missed + " missed");
    }

    @Test
    void shouldNotMoveWhenABurstComes() {
        TailLaw law = learned(() -> Math.abs(random.nextGaussian()), 10_000);
        double before = law.threshold();
        for (int i = 0; i < 500; i++) {
            law.learn(50);
        }
        assertEquals(before, law.threshold(), 0.25 * before);
    }

    @Test
    void shouldSayNothingWhenScoresAreFew() {
        TailLaw law = learned(this::exponential, 90);
        assertTrue(Double.isNaN(law.threshold()));
        assertEquals(0, law.rarity(100));
        assertFalse(law.learn(100));
    }

    @Test
    void shouldGoOnAsBeforeWhenStoredAndReadAgain() {
        TailLaw law = learned(this::exponential, 12_345);
        double[] stored = new double[TailLaw.LENGTH + 1];
        law.store(stored, 1);
        TailLaw again = TailLaw.of(ASKED, stored, 1);
        for (int i = 0; i < 2000; i++) {
            double score = exponential();
            assertEquals(law.rarity(score), again.rarity(score));
            law.learn(score);
            again.learn(score);
        }
        double[] other = new double[TailLaw.LENGTH + 1];
        law.store(stored, 1);
        again.store(other, 1);
        assertArrayEquals(stored, other);
    }
}
