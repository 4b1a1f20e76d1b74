package io.credence.bayes.predict;

/** Student's t with an even number ν of degrees of freedom, in closed form. */
final class StudentT {
    /*
     * With c² = ν/(ν + u²) and sin = u/√(ν + u²): F = ½ + ½ sin(1 + ½c² + (1·3)/(2·4)c⁴ + …), ν/2 terms, and the density
     * is K·c^(ν + 1) (Abramowitz & Stegun 26.7.4).
     */
    private final int freedom;
    private final double height;

    StudentT(int freedom) {
        this.freedom = freedom;
        this.height = height(freedom);
    }

    /** Its density at z, scaled by eˢ. */
    double density(double z, double logScale) {
        double shrink = Math.exp(-logScale);
        double u = z * shrink;
        return shrink * height * Math.pow(freedom / (freedom + u * u), 0.5 * (freedom + 1));
    }

    /** The slope of the logarithm of the density by that of the scale. */
    double pull(double z, double logScale) {
        double u = z * Math.exp(-logScale);
        return (freedom + 1) * u * u / (freedom + u * u) - 1;
    }

    /**
     * P(T > u), for either sign of u: half of what the series leaves, which keeps its digits where the tail is thin.
     */
    double tail(double u) {
        double c2 = freedom / (freedom + u * u);
        double sine = u / Math.sqrt(freedom + u * u);
        double term = 1;
        double sum = 0;
        for (int j = 0; j < freedom / 2; j++) {
            sum += term;
            term *= (2.0 * j + 1) / (2.0 * j + 2) * c2;
        }
        return Math.max(Double.MIN_NORMAL, 0.5 * (1 - sine * sum));
    }

    /** K of the density: Γ((ν + 1)/2)/(√(νπ)·Γ(ν/2)), by its recurrence over even ν. */
    private static double height(int freedom) {
        double ratio = Math.sqrt(Math.PI) / 2;
        for (int nu = 2; nu < freedom; nu += 2) {
            ratio *= (nu + 1.0) / nu;
        }
        return ratio / Math.sqrt(freedom * Math.PI);
    }
}
