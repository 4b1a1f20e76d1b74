package io.credence.bayes.feature;

/** Running mean and variance of several columns, skipping missing values (Welford 1962). */
public final class RunningMoments {
    /** Numbers stored for a column: count, mean and sum of squared deviations. */
    public static final int PER_COLUMN = 3;

    private final double[] stored;

    /** Statistics of nothing yet. */
    public RunningMoments(int columns) {
        this(new double[PER_COLUMN * columns]);
    }

    private RunningMoments(double[] stored) {
        this.stored = stored;
    }

    /** Statistics from their stored form: count, mean and sum of squared deviations of each column. */
    public static RunningMoments of(double[] stored) {
        return new RunningMoments(stored.clone());
    }

    /** A copy of the stored form. */
    public double[] toArray() {
        return stored.clone();
    }

    /** The number of columns. */
    public int columns() {
        return stored.length / PER_COLUMN;
    }

    /** Takes one value of a column; NaN is skipped. */
    public void add(int column, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int i = PER_COLUMN * column;
        stored[i]++;
        double delta = value - stored[i + 1];
        stored[i + 1] += delta / stored[i];
        stored[i + 2] += delta * (value - stored[i + 1]);
    }

    /** How many values were seen. */
    public long count(int column) {
        return (long) stored[PER_COLUMN * column];
    }

    /** The mean; 0 before the first value. */
    public double mean(int column) {
        return stored[PER_COLUMN * column + 1];
    }

    /** The population standard deviation; 0 while all values were equal. */
    public double deviation(int column) {
        int i = PER_COLUMN * column;
        return stored[i] > 0 ? Math.sqrt(Math.max(0, stored[i + 2] / stored[i])) : 0;
    }
}
