package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Moments;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layer where the label of an event comes some events later, and where there are several classes. */
class LateLabelsTest {
    private static final int COLUMNS = 3;

    /** The exact form of "fitted to what is known when an event is asked about". */
    @ParameterizedTest
    @CsvSource({"1, false", "7, false", "7, true", "40, false"})
    void shouldSayOfALabelWhatItSaidWhenTheEventWasAskedAbout(int delay, boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary, delay));
        ArrayDeque<double[]> answers = new ArrayDeque<>();
        for (int t = 0; t < 400; t++) {
            Stream asked = new Stream(t + delay, binary);
            Moments answer = layer.at(asked.network, asked.x, 1000L * (t + delay));
            answers.addLast(new double[] {answer.mean(), answer.epistemic(), answer.aleatoric()});
            Stream labelled = new Stream(t, binary);
            Moments recalled = layer.next(labelled.network, labelled.x);
            if (t > 2 * delay) {
                double[] said = answers.removeFirst();
                double[] now = {recalled.mean(), recalled.epistemic(), recalled.aleatoric()};
                assertArrayEquals(said, now, 1e-12, "event " + t);
            } else if (answers.size() > delay) {
                answers.removeFirst();
            }
            layer.learn(labelled.network, recalled, labelled.y, 1000L * t);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "9, 0", "0, 9", "9, 4"})
    void shouldGoOnWhenStoredAndLoadedForThatDelayOrAnother(int from, int to) {
        DriftLayer layer = new DriftLayer(form(false, from));
        learn(layer, 0, 60);
        double[] stored = layer.toArray();
        DriftLayer loaded = DriftLayer.of(form(false, to), stored);
        Stream next = new Stream(60 + to, false);
        if (from == to) {
            assertArrayEquals(stored, loaded.toArray());
        }
        assertEquals(
                layer.anytime(next.network, next.x).mean(),
                loaded.anytime(next.network, next.x).mean());
        learn(loaded, 60, 30);
        assertEquals(form(false, to).length(), loaded.toArray().length);
    }

    @ParameterizedTest
    @CsvSource({"0", "5"})
    void shouldSayOfTwoClassesTheSameWhenEachHasAnOutput(int delay) {
        DriftLayer one = new DriftLayer(DriftLayer.Form.binary(COLUMNS, delay));
        DriftLayer two = new DriftLayer(DriftLayer.Form.classes(COLUMNS, 2, delay));
        for (int t = 0; t < 500; t++) {
            Stream event = new Stream(t, true);
            Moments a = one.next(event.network, event.x);
            Moments b = two.next(event.network, event.x);
            assertEquals(a.mean(), b.probabilities()[1], 1e-9, "event " + t);
            assertEquals(a.probabilities()[0], b.probabilities()[0], 1e-9, "event " + t);
            one.learn(event.network, a, event.y, 1000L * t);
            two.learn(event.network, b, event.y, 1000L * t);
        }
    }

    /** Each class in turn for a while: the last labels say what the features do not. */
    @Test
    void shouldFollowTheClassesWhenTheyTakeTurns() {
        int classes = 4;
        DriftLayer layer = new DriftLayer(DriftLayer.Form.classes(COLUMNS, classes, 0));
        double[] even = {0.25, 0.25, 0.25, 0.25};
        int right = 0;
        for (int t = 0; t < 4000; t++) {
            float[] x = new float[COLUMNS];
            CounterRandom.of(83, t, 0, 0).fill(x, COLUMNS);
            Moments network = new Moments(0, 0, 0, 0.01, 0.74, even, 1.38);
            Moments corrected = layer.next(network, x);
            int y = t / 50 % classes;
            right += t >= 2000 && corrected.mean() == y ? 1 : 0;
            layer.learn(network, corrected, y, 1000L * t);
        }
        assertEquals(0.97, right / 2000.0, 0.03);
    }

    private static DriftLayer.Form form(boolean binary, int delay) {
        return binary ? DriftLayer.Form.binary(COLUMNS, delay) : DriftLayer.Form.real(COLUMNS, delay);
    }

    private static void learn(DriftLayer layer, int from, int n) {
        for (int t = from; t < from + n; t++) {
            Stream event = new Stream(t, false);
            layer.learn(event.network, layer.next(event.network, event.x), event.y, 1000L * t);
        }
    }

    /** Event number t of a stream whose level walks up and down slowly, and what a network that knows no level says. */
    private static final class Stream {
        private final float[] x = new float[COLUMNS];
        private final double y;
        private final Moments network;

        Stream(int t, boolean binary) {
            CounterRandom noise = CounterRandom.of(84, t, 0, 0);
            noise.fill(x, COLUMNS);
            double f = 0.8 * x[0] - 0.6 * x[1];
            double level = 1.5 * Math.sin(t / 60.0);
            double p = 1 / (1 + Math.exp(-f));
            if (binary) {
                y = noise.uniform() < 1 / (1 + Math.exp(-f - level)) ? 1 : 0;
                network = new Moments(f, 0, p, 1e-4, p * (1 - p), new double[] {1 - p, p}, 0.5);
            } else {
                y = f + level + 0.5 * noise.gaussian();
                network = new Moments(f, 0.01, f, 0.01, 0.25, new double[0], 0);
            }
        }
    }
}
