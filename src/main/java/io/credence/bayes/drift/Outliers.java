package io.credence.bayes.drift;

/**
 * The share of errors of late that were outliers, which tells wrong labels, which are rare, from a change, which is not.
 *
 * @param share an exponentially weighted mean over some {@value #MEMORY} errors
 */
public record Outliers(double share) {
    /** How many times the square that is expected an outlier's square is. */
    public static final double SQUARE = 16;

    private static final double MEMORY = 50;
    private static final double RARE = 0.2;

    /** The share after one more error. */
    public Outliers next(boolean outlier) {
        return new Outliers(share + ((outlier ? 1 : 0) - share) / MEMORY);
    }

    /** Whether outliers are so few that they say nothing of the rest, and are to be left out. */
    public boolean rare() {
        return share < RARE;
    }
}
