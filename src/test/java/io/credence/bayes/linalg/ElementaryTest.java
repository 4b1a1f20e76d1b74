package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ElementaryTest {
    @Test
    void shouldGoFromZeroToOneWhenTheLogitGrows() {
        assertEquals(0.5, Elementary.sigmoid(0));
        assertEquals(0.75, Elementary.sigmoid(Math.log(3)), 1e-15);
        assertEquals(0, Elementary.sigmoid(-1_000));
        assertEquals(1, Elementary.sigmoid(1_000));
    }

    @Test
    void shouldTakeTheFirstWhenTwoAreLargest() {
        assertEquals(1, Elementary.largest(new double[] {-3, 2, 2, 1}));
        assertEquals(0, Elementary.largest(new double[0]));
    }

    @Test
    void shouldCountFromTheStartWhenARowIsOneOfMany() {
        assertEquals(2, Elementary.largest(new float[] {9, 9, 1, 2, 3, 9}, 2, 3));
        assertEquals(0, Elementary.largest(new float[] {9, 1, 1}, 1, 2));
    }
}
