package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelEncoderTest {
    private static final LabelEncoder REAL = new LabelEncoder(Task.REGRESSION, List.of());
    private static final LabelEncoder COUNT = new LabelEncoder(Task.COUNT, List.of());
    private static final LabelEncoder BINARY = new LabelEncoder(Task.BINARY, List.of());
    private static final LabelEncoder NAMED = new LabelEncoder(Task.BINARY, List.of("ok", "faulty"));
    private static final LabelEncoder THREE = new LabelEncoder(Task.MULTICLASS, List.of("a", "2", "c"));

    @Test
    void shouldGiveTheNumberWhenTheLabelIsGood() {
        assertEquals(-2.5, encode(REAL, " -2.5 "));
        assertEquals(7, encode(COUNT, 7L));
        assertEquals(0, encode(COUNT, "0"));
        assertEquals(1, encode(BINARY, true));
        assertEquals(0, encode(BINARY, "No"));
        assertEquals(1, encode(BINARY, 1.0));
        assertEquals(1, encode(NAMED, "faulty"));
        assertEquals(1, encode(THREE, 2.0));
        assertEquals(2, encode(THREE, "c"));
        assertTrue(Double.isNaN(encode(COUNT, null)));
    }

    @Test
    void shouldRejectWhenTheLabelDoesNotFitTheTask() {
        for (Object bad : new Object[] {"x", Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
            assertBad(REAL, bad);
        }
        assertBad(COUNT, -1);
        assertBad(COUNT, 0.5);
        assertBad(BINARY, 2);
        assertBad(BINARY, "perhaps");
        assertBad(NAMED, 1);
        assertBad(THREE, "d");
    }

    @Test
    void shouldRejectALabelWhenItIsOutsideItsBounds() {
        LabelEncoder share = new LabelEncoder(Task.REGRESSION, List.of(), 0, 1);
        LabelEncoder price = new LabelEncoder(Task.REGRESSION, List.of(), 0.5, Double.POSITIVE_INFINITY);
        assertEquals(0, encode(share, 0));
        assertEquals(1, encode(share, "1"));
        assertEquals(1e30, encode(price, 1e30));
        for (LabelEncoder bounded : List.of(share, price)) {
            assertBad(bounded, -1e-9);
        }
        assertBad(share, 1.0001);
        assertEquals(
                "label is '0.4', expected a number from 0.5",
                price.encode("0.4").fold(y -> "", Rejection::detail));
        assertTrue(share.accepts(7), "an encoded label may be older than the bounds");
    }

    @Test
    void shouldRefuseBoundsWhenTheyFitNeitherTaskNorEachOther() {
        for (Task task : List.of(Task.COUNT, Task.BINARY)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new LabelEncoder(task, List.of(), 0, Double.POSITIVE_INFINITY));
        }
        assertThrows(IllegalArgumentException.class, () -> new LabelEncoder(Task.REGRESSION, List.of(), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LabelEncoder(Task.REGRESSION, List.of(), 0, Double.NaN));
    }

    @Test
    void shouldAcceptWhatItEncodesWhenAskedAgain() {
        assertTrue(REAL.accepts(-3.5) && COUNT.accepts(3) && BINARY.accepts(1) && THREE.accepts(2));
        assertFalse(COUNT.accepts(-1) || COUNT.accepts(0.5) || BINARY.accepts(2) || THREE.accepts(3));
        for (LabelEncoder encoder : List.of(REAL, COUNT, BINARY, THREE)) {
            assertFalse(encoder.accepts(Double.NaN) || encoder.accepts(Double.POSITIVE_INFINITY));
            assertFalse(encoder.accepts(-1e39));
        }
    }

    @Test
    void shouldNameTheClassesWhenThereAreAny() {
        assertEquals("1", BINARY.className(1));
        assertEquals("ok", NAMED.className(0));
        assertEquals(
                List.of(0, 0, 2, 2, 3),
                List.of(
                        REAL.classCount(),
                        COUNT.classCount(),
                        BINARY.classCount(),
                        NAMED.classCount(),
                        THREE.classCount()));
    }

    @Test
    void shouldRefuseWhenClassesDoNotFitTheTask() {
        assertThrows(IllegalArgumentException.class, () -> new LabelEncoder(Task.MULTICLASS, List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> new LabelEncoder(Task.BINARY, List.of("a", "b", "c")));
        assertThrows(IllegalArgumentException.class, () -> new LabelEncoder(Task.MULTICLASS, List.of("a", "b", "a")));
    }

    private static double encode(LabelEncoder encoder, Object raw) {
        return encoder.encode(raw).fold(y -> y, r -> {
            throw new AssertionError(r.toString());
        });
    }

    private static void assertBad(LabelEncoder encoder, Object raw) {
        assertEquals("BAD_LABEL", encoder.encode(raw).fold(y -> "accepted as " + y, r -> r.reason()
                .name()));
    }
}
