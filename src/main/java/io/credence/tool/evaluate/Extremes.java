package io.credence.tool.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * The outermost numbers of a column. One that repeats far from all others, as -9999 or 1e20 do, often stands for a value
 * that was not measured.
 */
final class Extremes {
    private static final int REPEATED = 3;
    /** Distance to the next number, in ranges of the others. */
    private static final double FAR = 5;

    private double least = Double.POSITIVE_INFINITY;
    private double nextLeast = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double nextMost = Double.NEGATIVE_INFINITY;
    private int leastCount;
    private int mostCount;

    void add(double x) {
        if (x < least) {
            nextLeast = least;
            least = x;
            leastCount = 1;
        } else if (x == least) {
            leastCount++;
        } else {
            nextLeast = Math.min(nextLeast, x);
        }
        if (x > most) {
            nextMost = most;
            most = x;
            mostCount = 1;
        } else if (x == most) {
            mostCount++;
        } else {
            nextMost = Math.max(nextMost, x);
        }
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    /** Numbers that repeat far from all others, each with how often. */
    List<Fill> fills() {
        List<Fill> fills = new ArrayList<>();
        if (leastCount >= REPEATED && nextLeast - least > FAR * (most - nextLeast) && most > nextLeast) {
            fills.add(new Fill(least, leastCount));
        }
        if (mostCount >= REPEATED && most - nextMost > FAR * (nextMost - least) && nextMost > least) {
            fills.add(new Fill(most, mostCount));
        }
        return fills;
    }

    /** Such a number. */
    record Fill(double value, int count) {}
}
