package io.credence.bayes.drift;

/** A number of each event, averaged over blocks of them: the last blocks one by one, and what those before them were like. */
final class BlockMeans {
    /*
     * Streams are seldom independent from event to event: hours, seasons and trends move every mean. So a block's mean is
     * compared with how the means of blocks have varied, which holds whatever there is within a block and from one to the
     * next: with mean m and variance v of n older ones, z = (block − m)/√(v(1 + 1/n) + floor²). A trend stays at a z of 1.
     * Evidence of one block: the log-likelihood ratio of Student's t with NU degrees, held to MOST so that none suffices alone.
     * Of a run of k: the sum, less ALLOWED for each; of blocks on one side only.
     */
    static final int RING = 8;
    /** Numbers stored: the sum of the open block, mean and variance of the older ones, the means of the last. */
    static final int LENGTH = 3 + RING;

    private static final int MEMORY = 100;
    private static final double NU = 20;
    private static final double MOST = 12;
    private static final double ALLOWED = 2;
    private static final double RELATIVE_FLOOR = 0.05;

    private static final int MEAN = 1;
    static final int VARIANCE = 2;
    private static final int FIRST = 3;

    private final double[] stored;
    private final int at;
    private final double floor;

    /** @param floor how far means of blocks are taken to vary at least */
    BlockMeans(double[] stored, int at, double floor) {
        this.stored = stored;
        this.at = at;
        this.floor = floor;
    }

    void add(double value) {
        stored[at] += value;
    }

    /** Closes block number {@code block}, from 0, of so many events; the one that leaves the ring becomes one of the older. */
    void close(long block, int events) {
        int slot = at + FIRST + (int) (block % RING);
        if (block >= RING) {
            double weight = 1.0 / Math.min(block - RING + 1, MEMORY);
            double delta = stored[slot] - stored[at + MEAN];
            stored[at + MEAN] += weight * delta;
            stored[at + VARIANCE] = (1 - weight) * (stored[at + VARIANCE] + weight * delta * delta);
        }
        stored[slot] = stored[at] / events;
        stored[at] = 0;
    }

    /** The mean of the older blocks. */
    double before() {
        return stored[at + MEAN];
    }

    /** The mean of the last k blocks. */
    double after(long blocks, int k) {
        double sum = 0;
        for (int i = 1; i <= k; i++) {
            sum += mean(blocks, i);
        }
        return sum / k;
    }

    /** The mean of the block that was closed i-th before now, from 1. */
    private double mean(long blocks, int i) {
        return stored[at + FIRST + (int) ((blocks - i) % RING)];
    }

    private double z(long blocks, int i) {
        double n = Math.min(blocks - RING, MEMORY);
        double least = floor + RELATIVE_FLOOR * Math.abs(stored[at + MEAN]);
        return (mean(blocks, i) - stored[at + MEAN]) / Math.sqrt(stored[at + VARIANCE] * (1 + 1 / n) + least * least);
    }

    /**
     * Evidence, in nats, that blocks are from another stream than the older ones.
     *
     * @param nats most for any run, at least 0
     * @param run how many of the last blocks have the most
     */
    record Evidence(double nats, int run) {
        static final Evidence NONE = new Evidence(0, 0);

        Evidence or(Evidence other) {
            return other.nats > nats ? other : this;
        }
    }

    /** Of a mean that has risen. */
    Evidence risen(long blocks) {
        return on(1, blocks);
    }

    /** Of a mean that has risen or fallen. */
    Evidence moved(long blocks) {
        return on(1, blocks).or(on(-1, blocks));
    }

    /** Of a mean that lies farther from 0. */
    Evidence grown(long blocks) {
        double now = mean(blocks, 1);
        return Math.abs(now) > Math.abs(before()) ? on(now > before() ? 1 : -1, blocks) : Evidence.NONE;
    }

    private Evidence on(int side, long blocks) {
        Evidence most = Evidence.NONE;
        double sum = 0;
        for (int k = 1; k <= RING; k++) {
            double z = side * z(blocks, k);
            sum += (z > 0 ? Math.min(MOST, (NU + 1) / 2 * Math.log1p(z * z / NU)) : 0) - ALLOWED;
            most = most.or(new Evidence(sum, k));
        }
        return most;
    }

    /** The squared deviation of the last k blocks together from the older ones, above what chance makes of it. */
    double excess(long blocks, int k) {
        double sum = 0;
        for (int i = 1; i <= k; i++) {
            sum += z(blocks, i);
        }
        return Math.max(0, sum * sum / k - 1);
    }
}
