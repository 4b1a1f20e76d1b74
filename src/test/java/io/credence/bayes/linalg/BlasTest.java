package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class BlasTest {
    private static final int N = 256;

    @Test
    void shouldGiveTheSameBitsBeforeAndAfterNd4jHasWorked() {
        float[] before = product();
        assertEquals(1, Blas.threads());
        Nd4j.ones(DataType.FLOAT, 8, 8).mmul(Nd4j.ones(DataType.FLOAT, 8, 8));
        assertEquals(1, Blas.threads());
        assertArrayEquals(before, product());
    }

    private static float[] product() {
        Random random = new Random(1);
        float[] a = new float[N * N];
        float[] b = new float[N * N];
        float[] c = new float[N * N];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextGaussian();
            b[i] = (float) random.nextGaussian();
        }
        Gemm.nn(N, N, N, a, b, 0, c);
        return c;
    }
}
