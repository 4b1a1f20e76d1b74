package io.credence.bayes.feature;

import java.util.Arrays;

/**
 * Mean and deviation of several columns as they are of late: missing values are skipped, single far values left out,
 * and a column whose level or unit has certainly changed starts over.
 */
public final class RunningMoments {
    /*
     * Welford (1962) with a memory of MEMORY values: weight 1/min(n, MEMORY). From SETTLED values on, one that is more
     * than FAR deviations away waits in a block of its own. One that repeats the last far value exactly is a level of a
     * column of few values, and counts, if all others of late were equal; where they vary it is a fill value. Every BLOCK values it is decided: if half of them were far, the column's
     * statistics start over as theirs. If the others of SHRUNK blocks in a row each spread less than 1/NARROW of what
     * blocks usually do, and are not all equal, it starts over as the last block's. What was before is kept, to read values from
     * then: a value belongs to those statistics under which it is likelier.
     *
     * Before SETTLED values no running deviation can be trusted, since the first values may be the far ones: settle()
     * judges all of them anew with each, by the median absolute deviation (Huber 1981, section 5.1), which half of the values
     * cannot move; if more than half are equal, by the three-quarter point. Columns of which that many are equal keep all.
     */

    /**
     * Numbers stored for a column: count, mean and sum of squared deviations; the same of the open block's near values,
     * and of its far ones; the last far value, NaN if there was none; blocks that were narrow in a row; mean and deviation before the last
     * restart; the usual variance within a block.
     */
    public static final int PER_COLUMN = 14;

    /** Values up to which the statistics are those of all values that are not far from the others. */
    public static final int SETTLED = 30;

    private static final int MEMORY = 10_000;
    private static final int FEWEST = 10;
    /** Half, and three quarters, of a normal variable lie within that many deviations. */
    private static final double NORMAL_HALF = 0.6745;

    private static final double NORMAL_THREE_QUARTERS = 1.1503;
    private static final double FAR = 8;
    private static final int BLOCK = 50;
    private static final int SHRUNK = 4;
    private static final double NARROW = 16;

    private static final int NEAR_BLOCK = 3;
    private static final int FAR_BLOCK = 6;
    private static final int LAST_FAR = 9;
    private static final int NARROW_BLOCKS = 10;
    private static final int MEAN_BEFORE = 11;
    private static final int DEVIATION_BEFORE = 12;
    private static final int USUAL = 13;
    private static final double BLOCK_MEMORY = 0.9;

    private final double[] stored;

    /** Statistics of nothing yet. */
    public RunningMoments(int columns) {
        this(new double[PER_COLUMN * columns]);
        for (int i = LAST_FAR; i < stored.length; i += PER_COLUMN) {
            stored[i] = Double.NaN;
        }
    }

    private RunningMoments(double[] stored) {
        this.stored = stored;
    }

    /** Statistics from their stored form: {@link #PER_COLUMN} numbers of each column. */
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

    /**
     * Takes one value of a column; NaN is skipped.
     *
     * @return whether the column's statistics started over
     */
    public boolean add(int column, double value) {
        if (Double.isNaN(value)) {
            return false;
        }
        int i = PER_COLUMN * column;
        boolean far = stored[i] >= SETTLED && Math.abs(value - stored[i + 1]) > FAR * deviation(column);
        if (far && level(column, value) && !varied(i)) {
            welford(i, value);
        } else if (far) {
            stored[i + LAST_FAR] = value;
            welford(i + FAR_BLOCK, value);
        } else {
            welford(i, value);
            welford(i + NEAR_BLOCK, value);
        }
        return stored[i + NEAR_BLOCK] + stored[i + FAR_BLOCK] >= BLOCK && endBlock(column, i);
    }

    /**
     * Leaves far values out of statistics that stand for few, given all values so far.
     *
     * @param all the values that the statistics have taken, the newest last; NaN is skipped
     */
    public void settle(int column, double[] all) {
        int i = PER_COLUMN * column;
        double[] present = Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
        double[] near = near(present);
        boolean judgedOneByOne = stored[i] + stored[i + FAR_BLOCK] > SETTLED;
        boolean allAreNear = near.length == present.length && near.length == (int) stored[i];
        if (judgedOneByOne || allAreNear) {
            return;
        }
        Arrays.fill(stored, i, i + FAR_BLOCK, 0);
        for (double value : near) {
            welford(i, value);
            welford(i + NEAR_BLOCK, value);
        }
    }

    /** The values that are not far from their median, in deviations as the middle half of them tells these. */
    private static double[] near(double[] all) {
        if (all.length < FEWEST) {
            return all;
        }
        double median = quantile(all, 0.5);
        double[] away = Arrays.stream(all).map(v -> Math.abs(v - median)).toArray();
        double half = quantile(away, 0.5) / NORMAL_HALF;
        double deviation = half > 0 ? half : quantile(away, 0.75) / NORMAL_THREE_QUARTERS;
        return deviation > 0
                ? Arrays.stream(all)
                        .filter(v -> Math.abs(v - median) <= FAR * deviation)
                        .toArray()
                : all;
    }

    private static double quantile(double[] values, double share) {
        return Arrays.stream(values)
                .sorted()
                .skip((long) (share * values.length))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a value is, to the digit, the last that lay far: one of the few values of a column that seldom takes it. */
    boolean level(int column, double value) {
        return stored[PER_COLUMN * column + LAST_FAR] == value;
    }

    /** Whether the near values of late differ from each other. */
    private boolean varied(int i) {
        return stored[i + USUAL] > 0 || variance(i + NEAR_BLOCK) > 0;
    }

    private void welford(int i, double value) {
        double keep = Math.min(1, (MEMORY - 1) / Math.max(1, stored[i]));
        double n = stored[i] = Math.min(MEMORY, stored[i] + 1);
        double delta = value - stored[i + 1];
        stored[i + 1] += delta / n;
        stored[i + 2] = keep * stored[i + 2] + delta * (value - stored[i + 1]);
    }

    private boolean endBlock(int column, int i) {
        double variance = variance(i + NEAR_BLOCK);
        boolean narrow = variance > 0 && variance * NARROW * NARROW < stored[i + USUAL];
        stored[i + NARROW_BLOCKS] = narrow ? stored[i + NARROW_BLOCKS] + 1 : 0;
        if (!narrow) {
            double keep = stored[i + USUAL] == 0 ? 0 : BLOCK_MEMORY;
            stored[i + USUAL] = keep * stored[i + USUAL] + (1 - keep) * variance;
        }
        int from = 0;
        if (stored[i + FAR_BLOCK] >= BLOCK / 2.0) {
            from = FAR_BLOCK;
        } else if (stored[i + NARROW_BLOCKS] >= SHRUNK) {
            from = NEAR_BLOCK;
        }
        if (from > 0) {
            stored[i + MEAN_BEFORE] = mean(column);
            stored[i + DEVIATION_BEFORE] = deviation(column);
            System.arraycopy(stored, i + from, stored, i, 3);
            stored[i + NARROW_BLOCKS] = 0;
            stored[i + USUAL] = variance(i);
        }
        for (int k = NEAR_BLOCK; k < LAST_FAR; k++) {
            stored[i + k] = 0;
        }
        return from > 0;
    }

    /** How many values the statistics stand for. */
    public double count(int column) {
        return stored[PER_COLUMN * column];
    }

    /** The mean; 0 before the first value. */
    public double mean(int column) {
        return stored[PER_COLUMN * column + 1];
    }

    /** The population standard deviation; 0 while all values were equal. */
    public double deviation(int column) {
        return Math.sqrt(variance(PER_COLUMN * column));
    }

    private double variance(int i) {
        return stored[i] > 0 ? Math.max(0, stored[i + 2] / stored[i]) : 0;
    }

    /** The deviation before the statistics last started over; 0 if they never did. */
    public double deviationBefore(int column) {
        return stored[PER_COLUMN * column + DEVIATION_BEFORE];
    }

    /** How far the mean has moved where the statistics last started over, in deviations before; 0 if these were none. */
    public double restartMove(int column) {
        double before = deviationBefore(column);
        return before > 0 ? (mean(column) - stored[PER_COLUMN * column + MEAN_BEFORE]) / before : 0;
    }

    /**
     * A value in deviations from the mean, under those of the statistics before and after the last restart that make
     * it likelier: for values that may be from before.
     */
    public double score(int column, double value) {
        double now = deviation(column);
        double z = (value - mean(column)) / now;
        double before = deviationBefore(column);
        if (before == 0) {
            return z;
        }
        double zBefore = (value - stored[PER_COLUMN * column + MEAN_BEFORE]) / before;
        boolean old = -Math.log(before) - zBefore * zBefore / 2 > -Math.log(now) - z * z / 2;
        return old ? zBefore : z;
    }
}
