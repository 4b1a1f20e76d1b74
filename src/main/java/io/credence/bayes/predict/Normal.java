package io.credence.bayes.predict;

/** The distribution function of the standard normal distribution; its inverse is {@link Quantiles#normal}. */
final class Normal {
    /* Hart's rational approximation (1968, no. 5666) in the form of West (2005), beyond REACH a continued fraction. */
    private static final double[] P = {
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };
    private static final double[] Q = {
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };
    private static final double REACH = 7.07106781186547;
    private static final int FRACTION = 12;

    private Normal() {}

    /** P(Z &gt; z). */
    static double above(double z) {
        return z < 0 ? 1 - above(-z) : upper(z);
    }

    private static double upper(double z) {
        double density = Math.exp(-0.5 * z * z);
        if (z < REACH) {
            return density * polynomial(P, z) / polynomial(Q, z);
        }
        double fraction = z;
        for (int i = FRACTION; i > 0; i--) {
            fraction = z + i / fraction;
        }
        return density / Math.sqrt(2 * Math.PI) / fraction;
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double c : coefficients) {
            sum = sum * x + c;
        }
        return sum;
    }
}
