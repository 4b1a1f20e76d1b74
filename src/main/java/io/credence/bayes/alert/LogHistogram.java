package io.credence.bayes.alert;

import java.util.Arrays;

/** Counts of positive numbers in buckets of equal relative width, within a longer array. */
final class LogHistogram {
    /* Buckets of 2 % from e⁻⁴ to e⁸; what is smaller or larger falls into the first or the last. */
    private static final double WIDTH = 0.02;
    private static final double FROM = -4;
    static final int LENGTH = 600;
    /* Sums of so many neighbours make a share the work of a few additions. Counts are whole, and sums of them exact in any order. */
    private static final int BLOCK = 24;

    private LogHistogram() {}

    /** Counts a number in a histogram, and in the blocks of two. */
    static void add(double[] counts, int at, double[] blocks, double value) {
        int bucket = bucket(value);
        counts[at + bucket]++;
        blocks[bucket / BLOCK]++;
    }

    /** What was counted in two histograms, summed over the blocks of buckets: what {@link #below} reads. */
    static double[] blocks(double[] counts, int one, int other) {
        double[] blocks = new double[LENGTH / BLOCK];
        for (int i = 0; i < LENGTH; i++) {
            blocks[i / BLOCK] += counts[one + i] + counts[other + i];
        }
        return blocks;
    }

    private static int bucket(double value) {
        double place = value > 0 ? (Math.log(value) - FROM) / WIDTH : 0;
        return (int) Math.max(0, Math.min(LENGTH - 1, Math.floor(place)));
    }

    /** The share of those counted in two histograms that lie in lower buckets than a number; 0 if nothing was counted. */
    static double below(double[] counts, int one, int other, double[] blocks, double value) {
        int bucket = bucket(value);
        int block = bucket / BLOCK;
        double below = 0;
        double sum = 0;
        for (int i = 0; i < blocks.length; i++) {
            below += i < block ? blocks[i] : 0;
            sum += blocks[i];
        }
        for (int i = BLOCK * block; i < bucket; i++) {
            below += counts[one + i] + counts[other + i];
        }
        return sum == 0 ? 0 : below / sum;
    }

    /** The older counts become the newer ones, which begin anew. */
    static void rotate(double[] counts, int newer, int older) {
        System.arraycopy(counts, newer, counts, older, LENGTH);
        Arrays.fill(counts, newer, newer + LENGTH, 0);
    }

    /** The number that a share of those counted in two histograms lies above; within a bucket they lie evenly. */
    static double above(double[] counts, int one, int other, double share) {
        double sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += counts[one + i] + counts[other + i];
        }
        double wanted = share * sum;
        double passed = 0;
        int i = LENGTH;
        double here = 0;
        while (i > 0 && passed + here <= wanted) {
            passed += here;
            i--;
            here = counts[one + i] + counts[other + i];
        }
        double within = here > 0 ? Math.max(0, Math.min(1, (wanted - passed) / here)) : 1;
        return Math.exp(FROM + WIDTH * (i + 1 - within));
    }
}
