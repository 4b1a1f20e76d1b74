package io.credence.tool.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Cuts a table into stretches of so many rows, the last one maybe shorter, and measures each on its own. One thread. */
public final class Windows implements Consumer<Measured> {
    private final int size;
    private final int rows;
    private final Supplier<Tally> tallies;
    private final Consumer<Window> closed;
    private int from;
    private Tally tally;

    /**
     * One stretch.
     *
     * @param number from 0
     * @param from its first row of the table, from 0
     * @param to the row after its last
     * @param n rows measured; the others were rejected
     * @param metrics by field name, in the order of the output; empty if no row was measured
     */
    public record Window(int number, int from, int to, long n, Map<String, Double> metrics) {
        public Window {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /**
     * @param size rows of a stretch, at least 1
     * @param rows of the table
     * @param tallies makes the accumulators
     * @param closed told of each stretch in order
     */
    Windows(int size, int rows, Supplier<Tally> tallies, Consumer<Window> closed) {
        this.size = size;
        this.rows = rows;
        this.tallies = tallies;
        this.closed = closed;
        this.tally = tallies.get();
    }

    /** Takes the next row. */
    @Override
    public void accept(Measured row) {
        closeUpTo(row.row());
        tally.add(row);
    }

    /** Closes what is left of the table. */
    void finish() {
        closeUpTo(rows);
        if (from < rows) {
            close(rows);
        }
    }

    private void closeUpTo(int row) {
        while (row - from >= size) {
            close(from + size);
        }
    }

    private void close(int to) {
        closed.accept(new Window(from / size, from, to, tally.count(), tally.values()));
        from = to;
        tally = tallies.get();
    }
}
