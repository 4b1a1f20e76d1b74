package io.credence.bayes.drift;

import io.credence.bayes.drift.BlockMeans.Evidence;
import io.credence.bayes.drift.FoundChange.Cause;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a stream has changed: its inputs, how the label depends on them, or how noisy it is. Once for each change.
 * Learns in place; one thread.
 */
public final class ChangeWatch {
    /*
     * Of each column the means of x and |x| over blocks of BLOCK events, of the networks' errors r without the drift layer, which
     * hides a change within a few events, the means of r, |r| and of r·x for each column. A change is a mean of x or |x| that has
     * moved, or one of |r| that has risen: a window of at most RING blocks with more evidence than THRESHOLD and the logarithm of
     * how many means there are. So it is where the rival takes over. Where
     * the statistics of a column or of the label start over, hardly anything is left to see a block later: CERTAIN is enough, which a
     * column that only ever rises does not reach.
     * Where inputs have moved, the errors there are theirs. Else r·x and r tell whether the features explain the errors that are new: if
     * they do, the relation has changed, if not, it is noise. They raise nothing themselves, as they move wherever a model learns.
     * Rivals that take over one after the other are one change that goes on.
     * After a change everything begins anew, and for KNOWN blocks nothing is compared: what follows from one change is part of it. That is
     * also how many events there are between two at least. Numbers are held to FAR: a few gross ones are no change.
     */
    /** Events of a block, which ends where their number is a multiple of it. */
    public static final int BLOCK = 50;

    private static final int KNOWN = 40;
    private static final double THRESHOLD = 20;
    private static final double CERTAIN = 8;
    private static final double FAR = 4;
    private static final double FLOOR = 0.07;
    private static final double TINY = 1e-6;
    private static final double MOST = 1L << 53;

    private static final int BLOCKS = 0;
    private static final int OPEN = 1;
    private static final int SINCE = 2;
    private static final int START = 3;
    private static final int RESTARTED = 4;
    private static final int RESTART_MOVED = 5;
    private static final int RESTART_SPREAD = 6;
    private static final int STARTS = 7;
    private static final int HEAD = STARTS + BlockMeans.RING;

    private final double[] stored;
    private final boolean[] watched;
    private final long aftermath;
    private final BlockMeans[] means;
    private final BlockMeans[] sizes;
    private final BlockMeans[] products;
    private final BlockMeans level;
    private final BlockMeans loss;

    /**
     * An event as it was tested.
     *
     * @param number of the event, from 1
     * @param x standardised features
     * @param error of the networks, in deviations of the label, or of classes less what was expected
     * @param loss its size; of classes what their probabilities lack to 1
     * @param time of the event, milliseconds
     */
    public record Tested(long number, float[] x, double error, double loss, long time) {}

    /**
     * A column whose statistics started over.
     *
     * @param column its number; that of columns is the label's
     * @param moved the new mean less the old one, in old deviations
     * @param spread the new deviation over the old one
     */
    public record Restart(int column, double moved, double spread) {}

    private ChangeWatch(boolean[] watched, long aftermath, double[] stored) {
        int columns = watched.length;
        this.watched = watched;
        this.aftermath = Math.max(aftermath, (KNOWN + BlockMeans.RING) * (long) BLOCK);
        this.stored = stored;
        this.means = channels(columns, 0, FLOOR);
        this.sizes = channels(columns, 1, FLOOR);
        this.products = channels(columns, 2, TINY);
        this.level = channel(3 * columns, TINY);
        this.loss = channel(3 * columns + 1, TINY);
    }

    private BlockMeans[] channels(int columns, int kind, double floor) {
        BlockMeans[] channels = new BlockMeans[columns];
        Arrays.setAll(channels, c -> channel(3 * c + kind, floor));
        return channels;
    }

    private BlockMeans channel(int index, double floor) {
        return new BlockMeans(stored, HEAD + BlockMeans.LENGTH * index, floor);
    }

    /**
     * Nothing seen yet.
     *
     * @param watched for each column whether it counts as an input
     * @param aftermath events within which a rival that takes over is part of the change, or of the take-over, before
     */
    public static ChangeWatch create(boolean[] watched, long aftermath) {
        return new ChangeWatch(watched, aftermath, new double[length(watched.length)]);
    }

    /** What was seen by a stored form. */
    public static ChangeWatch of(boolean[] watched, long aftermath, double[] stored, int from) {
        return new ChangeWatch(watched, aftermath, Arrays.copyOfRange(stored, from, from + length(watched.length)));
    }

    /** The length of the stored form. */
    public static int length(int columns) {
        return HEAD + BlockMeans.LENGTH * (3 * columns + 2);
    }

    /**
     * Writes the stored form: blocks since the last change, events of the open one, events since the change or the last take-over, when the open block began, the column whose statistics
     * started over within it, from 1, how far it moved and its spread, when the last eight blocks began; then of each column the means of x, of |x| and of r·x, of all columns those of r and of |r|: each the sum of
     * the open block, mean and variance of the older blocks, and the last eight blocks.
     */
    public void store(double[] out, int from) {
        System.arraycopy(stored, 0, out, from, stored.length);
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(double[] stored, int from, int columns) {
        for (int i : new int[] {BLOCKS, OPEN, SINCE, RESTARTED}) {
            double count = stored[from + i];
            if (!(count >= 0 && count <= MOST && count == Math.rint(count))) {
                return "changes: number " + i + " is " + count + " and must be a whole number from 0 to 2^53";
            }
        }
        for (int at = from + HEAD; at < from + length(columns); at += BlockMeans.LENGTH) {
            if (!(stored[at + BlockMeans.VARIANCE] >= 0)) {
                return "changes: a variance is " + stored[at + BlockMeans.VARIANCE] + " and must be at least 0";
            }
        }
        return stored[from + RESTARTED] > columns + 1
                ? "changes: the column that started over is " + stored[from + RESTARTED] + " and must be at most "
                        + (columns + 1)
                : null;
    }

    /** The evidence above which it is a change, nats. */
    public static double threshold(int columns) {
        return THRESHOLD + Math.log(2.0 * columns + 1);
    }

    /** Whether a change would be told. */
    private boolean ready() {
        return stored[BLOCKS] >= KNOWN + BlockMeans.RING;
    }

    /** Takes an event; the change, if there is one. */
    public @Nullable FoundChange take(Tested event, List<Restart> restarts, boolean takeOver) {
        add(event);
        restarts.forEach(this::note);
        boolean closed = event.number() % BLOCK == 0;
        if (closed) {
            close();
        }
        boolean over = takeOver && stored[SINCE] >= aftermath;
        stored[SINCE] = takeOver ? 0 : stored[SINCE];
        if (!ready() || !closed && !over) {
            return null;
        }
        FoundChange found = look(over);
        if (found != null) {
            Arrays.fill(stored, 0);
        } else if (closed) {
            stored[RESTARTED] = 0;
        }
        return found;
    }

    private void note(Restart restart) {
        stored[RESTARTED] = restart.column() + 1.0;
        stored[RESTART_MOVED] = restart.moved();
        stored[RESTART_SPREAD] = restart.spread();
    }

    private void add(Tested event) {
        double error = held(event.error());
        if (stored[OPEN] == 0) {
            stored[START] = event.time();
        }
        for (int c = 0; c < means.length; c++) {
            double x = held(event.x()[c]);
            means[c].add(x);
            sizes[c].add(Math.abs(x));
            products[c].add(error * x);
        }
        level.add(error);
        loss.add(held(event.loss()));
        stored[OPEN]++;
        stored[SINCE]++;
    }

    private static double held(double value) {
        return Double.isNaN(value) ? 0 : Math.max(-FAR, Math.min(FAR, value));
    }

    private void close() {
        long block = (long) stored[BLOCKS];
        for (BlockMeans[] channels : List.of(means, sizes, products, new BlockMeans[] {level, loss})) {
            for (BlockMeans channel : channels) {
                channel.close(block, (int) stored[OPEN]);
            }
        }
        stored[STARTS + (int) (block % BlockMeans.RING)] = stored[START];
        stored[BLOCKS]++;
        stored[OPEN] = 0;
    }

    private @Nullable FoundChange look(boolean takeOver) {
        long blocks = (long) stored[BLOCKS];
        double threshold = threshold(means.length);
        int restarted = (int) stored[RESTARTED] - 1;
        Evidence inputs = Evidence.NONE;
        Evidence over = Evidence.NONE;
        for (int c = 0; c < means.length; c++) {
            Evidence column = means[c].moved(blocks).or(sizes[c].moved(blocks));
            inputs = watched[c] ? inputs.or(column) : inputs;
            over = watched[c] && c == restarted ? column : over;
        }
        Evidence errors = loss.risen(blocks);
        boolean input = inputs.nats() > threshold || over.nats() > CERTAIN;
        boolean label = restarted == means.length && errors.nats() > CERTAIN;
        if (!input && !label && !takeOver && errors.nats() <= threshold) {
            return null;
        }
        Evidence most = input ? inputs : errors;
        boolean explained = label || takeOver || explained(blocks);
        Cause cause = input ? Cause.INPUTS : explained ? Cause.RELATION : Cause.NOISE;
        return found(cause, most.nats(), most.run() > 0 ? most.run() : BlockMeans.RING);
    }

    private boolean explained(long blocks) {
        Evidence most = level.grown(blocks);
        for (BlockMeans product : products) {
            most = most.or(product.grown(blocks));
        }
        return most.nats() > CERTAIN + Math.log(products.length + 1.0);
    }

    private FoundChange found(Cause cause, double evidence, int run) {
        long blocks = (long) stored[BLOCKS];
        int columns = means.length;
        double[] moved = new double[columns];
        double[] spread = new double[columns];
        double[] inputs = new double[columns];
        double[] relations = new double[columns];
        for (int c = 0; c < columns; c++) {
            moved[c] = means[c].after(blocks, run) - means[c].before();
            spread[c] = (sizes[c].after(blocks, run) + FLOOR) / (sizes[c].before() + FLOOR);
            inputs[c] = watched[c] ? means[c].excess(blocks, run) + sizes[c].excess(blocks, run) : 0;
            relations[c] = products[c].excess(blocks, run);
        }
        double step = level.after(blocks, run) - level.before();
        int restarted = (int) stored[RESTARTED] - 1;
        if (restarted == columns) {
            step = stored[RESTART_MOVED];
        } else if (restarted >= 0) {
            moved[restarted] = stored[RESTART_MOVED];
            spread[restarted] = stored[RESTART_SPREAD];
        }
        return new FoundChange(
                cause,
                evidence,
                (long) run * BLOCK + (long) stored[OPEN],
                (long) stored[STARTS + (int) ((blocks - run) % BlockMeans.RING)],
                loss.before(),
                loss.after(blocks, run),
                step,
                moved,
                spread,
                inputs,
                relations);
    }
}
