package io.credence.bayes.linalg;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The BLAS, held to one thread: with more, how a large product is split among them decides its last bits.
 *
 * <p>ND4J sets the number of threads to that of the processors when it is loaded. It is loaded here first, so that it
 * cannot do so later, in the middle of a fold.
 */
public final class Blas {
    static {
        CoreType.tell();
        Nd4j.getBlasWrapper();
        openblas_nolapack.blas_set_num_threads(1);
    }

    private Blas() {}

    /** Loads the BLAS if that has not been done; it takes seconds, so a service does it before it joins its group. */
    public static void load() {}

    /** Threads that a product is split among. */
    static int threads() {
        return openblas_nolapack.blas_get_num_threads();
    }
}
