package io.credence.bayes.network;

import io.credence.bayes.linalg.Elementary;

/** An element-wise non-linearity of the hidden layers, with its derivative. */
public enum Activation {
    /** The rectifier max(0, z) (Nair &amp; Hinton 2010); its derivative at 0 is 0. */
    RELU {
        @Override
        public void apply(int n, float[] z, float[] a) {
            for (int i = 0; i < n; i++) {
                a[i] = Math.max(0f, z[i]);
            }
        }

        @Override
        public void chain(int n, float[] z, float[] a, float[] da) {
            for (int i = 0; i < n; i++) {
                da[i] *= Math.min(1, Math.max(0f, z[i]) * STEEP);
            }
        }
    },
    /** tanh z. */
    TANH {
        @Override
        public void apply(int n, float[] z, float[] a) {
            for (int i = 0; i < n; i++) {
                a[i] = (float) Math.tanh(z[i]);
            }
        }

        @Override
        public void chain(int n, float[] z, float[] a, float[] da) {
            for (int i = 0; i < n; i++) {
                da[i] *= 1 - a[i] * a[i];
            }
        }
    },
    /** z·sigmoid(z) (Elfwing et al. 2017). */
    SILU {
        @Override
        public void apply(int n, float[] z, float[] a) {
            for (int i = 0; i < n; i++) {
                a[i] = (float) (z[i] * Elementary.sigmoid(z[i]));
            }
        }

        @Override
        public void chain(int n, float[] z, float[] a, float[] da) {
            for (int i = 0; i < n; i++) {
                double s = Elementary.sigmoid(z[i]);
                da[i] *= (float) (s + a[i] * (1 - s));
            }
        }
    },
    /** z·Φ(z) in its tanh form (Hendrycks &amp; Gimpel 2016). */
    GELU {
        @Override
        public void apply(int n, float[] z, float[] a) {
            for (int i = 0; i < n; i++) {
                a[i] = (float) (0.5 * z[i] * (1 + Math.tanh(inner(z[i]))));
            }
        }

        @Override
        public void chain(int n, float[] z, float[] a, float[] da) {
            for (int i = 0; i < n; i++) {
                double t = Math.tanh(inner(z[i]));
                double slope = GELU_C * (1 + 3 * GELU_CUBIC * z[i] * z[i]);
                da[i] *= (float) (0.5 * (1 + t) + 0.5 * z[i] * (1 - t * t) * slope);
            }
        }
    };

    /* Turns what is positive into 1 or more: a step without a branch, which the JIT vectorises. */
    private static final float STEEP = 1e30f;
    private static final double GELU_C = Math.sqrt(2 / Math.PI);
    private static final double GELU_CUBIC = 0.044715;

    /** Writes a ← activation(z) for the first {@code n} elements. */
    public abstract void apply(int n, float[] z, float[] a);

    /** Multiplies {@code da} by the derivative at {@code z}, where {@code a} is the activation there. */
    public abstract void chain(int n, float[] z, float[] a, float[] da);

    private static double inner(double z) {
        return GELU_C * (z + GELU_CUBIC * z * z * z);
    }
}
