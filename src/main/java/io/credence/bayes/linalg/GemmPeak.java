package io.credence.bayes.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The matrix products of a perceptron's forward pass and nothing else, on memory of ND4J: the peak that scoring is held
 * against.
 */
public final class GemmPeak {
    private final int n;
    private final int[] units;
    private final List<INDArray> weights = new ArrayList<>();
    private final List<INDArray> activations = new ArrayList<>();

    /**
     * @param n events in a batch
     * @param units of the input and of each layer
     */
    public GemmPeak(int n, int... units) {
        Blas.load();
        this.n = n;
        this.units = units.clone();
        activations.add(Nd4j.rand(DataType.FLOAT, n, units[0]));
        for (int l = 1; l < units.length; l++) {
            weights.add(Nd4j.rand(DataType.FLOAT, units[l - 1], units[l]));
            activations.add(Nd4j.zeros(DataType.FLOAT, n, units[l]));
        }
    }

    /** Multiplies once through all layers; each product reads what the one before wrote. */
    public void run() {
        for (int l = 1; l < units.length; l++) {
            int in = units[l - 1];
            int out = units[l];
            FloatPointer below = pointer(activations.get(l - 1));
            FloatPointer w = pointer(weights.get(l - 1));
            FloatPointer z = pointer(activations.get(l));
            if (out == 1) {
                openblas_nolapack.cblas_sgemv(CblasRowMajor, CblasNoTrans, n, in, 1f, below, in, w, 1, 0f, z, 1);
            } else {
                openblas_nolapack.cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, n, out, in, 1f, below, in, w, out, 0f, z, out);
            }
        }
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
