package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored after any stream is sound at any time, or a state would be refused that a learner has written. */
class SoundTest {
    private static final InputForm FORM = new InputForm(List.of(0, 1), List.of());
    private static final int EVENTS = 70_000;
    private static final int EACH = 499;

    private final Random random = new Random(12);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldHoldForWhatIsStoredAfterAnyStream(int kind) {
        DoubleSupplier stream = stream(kind);
        TailLaw law = new TailLaw(new TailLaw.Asked(0.0004, 0.005, 0.1, 0.01));
        Shift shift = Shift.create(0.0007);
        Repeats repeats = Repeats.create(FORM);
        RecentTail tail = new RecentTail(0.01, 0.02);
        Doubt doubt = Doubt.create(0.01);
        double[] stored = new double[10_000];
        for (int i = 1; i <= EVENTS; i++) {
            double value = stream.getAsDouble();
            law.learn(Math.abs(value));
            shift.learn(value);
            double feature = Double.isInfinite(value) ? 1 : value;
            repeats.learn(new double[] {feature, Math.rint(feature)}, i % 7 == 0 ? Double.NaN : i);
            tail.learn(Math.abs(value));
            doubt.learn(value);
            if (i % EACH == 0) {
                law.store(stored, 0);
                assertNull(TailLaw.fault("law", stored, 0));
                shift.store(stored, 0);
                assertNull(Shift.fault("shift", stored, 0));
                repeats.store(stored, 0);
                assertNull(Repeats.fault(FORM, stored, 0));
                tail.store(stored, 0);
                assertNull(RecentTail.fault("tail", stored, 0));
                doubt.store(stored, 0);
                assertNull(Doubt.fault("doubt", stored, 0));
            }
        }
    }

    private DoubleSupplier stream(int kind) {
        double[] odd = DoubleStream.of(0, 1e-300, 1e300, Double.POSITIVE_INFINITY, Double.NaN, -1e300, 5)
                .toArray();
        return switch (kind) {
            case 0 -> random::nextGaussian;
            case 1 -> () -> Math.exp(20 * random.nextGaussian());
            case 2 -> () -> odd[random.nextInt(odd.length)];
            default -> () -> 0;
        };
    }
}
