package io.credence.linalg;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/** The native code behind ND4J, loaded once, with one BLAS thread. */
public final class NativeLibraries {
    /*
     * ND4J gives the BLAS one thread for each core when it starts. A product that runs meanwhile, or after, would be
     * split over threads and round differently: the fold would not be byte-equal. So whatever uses ND4J beside a
     * learner loads it first; OMP_NUM_THREADS=1 in the environment does the same from outside.
     */
    private static final boolean LOADED = start();

    private NativeLibraries() {}

    /** Loads ND4J, which takes some seconds the first time, and leaves the BLAS with one thread. */
    public static boolean load() {
        return LOADED;
    }

    private static boolean start() {
        Nd4j.scalar(0f);
        openblas_nolapack.blas_set_num_threads(1);
        return true;
    }
}
