package io.credence.bayes.drift;

import java.nio.DoubleBuffer;

/**
 * Whether the residual after an outlier is like the outlier, as after a step of the level, or like the one before it, as
 * after a wrong label: the mean of a beta distribution, whose prior mean is the autocorrelation of all residuals.
 *
 * @param before the residual before the last event, if that was an outlier; else NaN
 * @param outlier the residual of that outlier
 * @param like discounted number of outliers whose next residual was nearer to them
 * @param unlike discounted number of outliers whose next residual was nearer to the one before
 */
record Carry(double before, double outlier, double like, double unlike) {
    static final int SIZE = 4;
    static final Carry UNKNOWN = new Carry(Double.NaN, 0, 0, 0);

    private static final double PRIOR_EVENTS = 2;
    private static final double MEMORY = 0.95;

    /** Once the next residual is there. */
    Carry next(double residual) {
        if (Double.isNaN(before)) {
            return this;
        }
        boolean near = Math.abs(residual - outlier) < Math.abs(residual - before);
        return new Carry(Double.NaN, 0, MEMORY * like + (near ? 1 : 0), MEMORY * unlike + (near ? 0 : 1));
    }

    /** Once an outlier is there. */
    Carry after(double residualBefore, double residual) {
        return new Carry(residualBefore, residual, like, unlike);
    }

    /** Whether the next residual is more likely to be like an outlier than like the one before that. */
    boolean carries(double autocorrelation) {
        return like + PRIOR_EVENTS * autocorrelation > (like + unlike + PRIOR_EVENTS) / 2;
    }

    /** The same in another unit of real targets. */
    Carry rescaled(double factor) {
        return new Carry(factor * before, factor * outlier, like, unlike);
    }

    static Carry load(DoubleBuffer in) {
        return new Carry(in.get(), in.get(), in.get(), in.get());
    }

    void store(DoubleBuffer out) {
        out.put(before).put(outlier).put(like).put(unlike);
    }
}
