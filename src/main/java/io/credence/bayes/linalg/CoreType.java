package io.credence.bayes.linalg;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its kernels the BLAS uses: its own choice, save where it does not know the processor.
 *
 * <p>The OpenBLAS that ND4J bundles is older than AMD's processors with AVX-512, and takes them for the first Zen, at half
 * of their speed in small products. It reads the choice from the environment when it is loaded.
 */
final class CoreType {
    /** The variable that a user may set to choose for himself. */
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final Logger LOG = LoggerFactory.getLogger(CoreType.class);

    private static volatile @Nullable String told;

    private CoreType() {}

    /** Tells the BLAS, before it is loaded; does nothing where there is nothing to tell. */
    static void tell() {
        String chosen = chosen();
        if (chosen != null && System.getenv(VARIABLE) == null) {
            try {
                Environment.LIBC.setenv(VARIABLE, chosen, 0);
                told = chosen;
            } catch (LinkageError | RuntimeException e) {
                LOG.warn(
                        "The BLAS could not be told to use its kernels for {}; it is slower than it might be",
                        chosen,
                        e);
            }
        }
    }

    /** The kernels in use where they are not the BLAS's own choice, or null. */
    static @Nullable String forced() {
        String set = System.getenv(VARIABLE);
        return set != null ? set : told;
    }

    private static @Nullable String chosen() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        return linux ? of(Platform.cpu("vendor_id"), Platform.cpu("flags")) : null;
    }

    /** For a processor's vendor and flags as Linux names them. */
    static @Nullable String of(String vendor, String flags) {
        String padded = " " + flags + " ";
        boolean wide = padded.contains(" avx512f ")
                && padded.contains(" avx512dq ")
                && padded.contains(" avx512bw ")
                && padded.contains(" avx512vl ");
        return vendor.equals("AuthenticAMD") && wide ? "SKYLAKEX" : null;
    }

    /** The C library's environment, which is not the copy that Java keeps. */
    private interface Environment extends Library {
        Environment LIBC = Native.load("c", Environment.class);

        int setenv(String name, String value, int overwrite);
    }
}
