package io.credence.bayes.drift;

import java.nio.DoubleBuffer;

/**
 * What just happened: the memory of the bank beyond its coefficients.
 *
 * @param last what the last labels were
 * @param product discounted sum of products of successive residuals
 * @param square discounted sum of squared residuals
 * @param time event time of the last label, milliseconds
 * @param calibration mean of squared standardised errors over a longer while, outliers left out while they are rare
 * @param outliers share of errors of late that were outliers
 * @param interval recent mean event time between labels, milliseconds; 0 while unknown
 * @param far the last error in deviations, if it was an outlier; else 0
 * @param carry whether outliers were followed by their like
 */
record Recent(
        Last last,
        double product,
        double square,
        double time,
        double interval,
        double calibration,
        Outliers outliers,
        double far,
        Carry carry) {
    static final int SIZE = 11 + Carry.SIZE;

    /**
     * What the last labels were.
     *
     * @param residual the last label less the network's output, standardised; for two classes less its probability
     * @param label the last label as ±1, for two classes
     * @param volatility recent mean of squared standardised errors of the mixture
     * @param base a short mean of the residuals where the level of the labels walks, which all models add; else 0
     */
    record Last(double residual, double label, double volatility, double base) {
        static final Last NOTHING = new Last(0, 0, 1, 0);

        Last rescaled(double factor) {
            return new Last(factor * residual, label, volatility, factor * base);
        }
    }

    private static final double CALIBRATION_MEMORY = 500;
    private static final double LIMIT = 10;
    private static final double MEMORY = 0.999;
    private static final double VOLATILITY_MEMORY = 0.9;
    private static final double INTERVAL_MEMORY = 0.99;
    private static final double JUMP = 16;
    private static final double REACH = 6;
    private static final double STEP = 1000;
    private static final double SLOW = 0.9;
    private static final double SLOW_RANGE = 0.08;
    private static final double WALKING = 0.96;
    private static final double WALKING_RANGE = 0.02;
    private static final double BASE_GAIN = 0.3;
    private static final double NEGLIGIBLE = 1e-6;
    private static final double FARTHEST = 1e9;

    static final Recent NOTHING =
            new Recent(Last.NOTHING, 0, 1e-3, Double.NaN, 0, 1, new Outliers(0), 0, Carry.UNKNOWN);

    /** Lag-one autocorrelation of the residuals, within 0 … 0.99. */
    double autocorrelation() {
        return Math.max(0, Math.min(0.99, product / square));
    }

    /** Whether the level of the labels walks slowly, from 0 to 1: whether residuals are nearly the same from event to event. */
    double slow() {
        return Math.max(0, Math.min(1, (autocorrelation() - SLOW) / SLOW_RANGE));
    }

    /** A residual within bounds around the base, which are wide where the level is a random walk and may step. */
    double bounded(double residual, boolean levels) {
        double most = REACH + (levels ? STEP * walking() : 0);
        return last.base() + Regressors.clip(residual - last.base(), most);
    }

    /** How many times {@value #REACH} the base is, at least once. */
    double reach() {
        return Math.max(1, Math.abs(last.base()) / REACH);
    }

    /** Whether the level of the labels is a random walk, from 0 to 1: whether residuals hardly change from event to event. */
    double walking() {
        return walking(autocorrelation());
    }

    private static double walking(double autocorrelation) {
        return Math.max(0, Math.min(1, (autocorrelation - WALKING) / WALKING_RANGE));
    }

    /** The recent mean of the residuals with the next. */
    private double mean(double residual) {
        double share = walking();
        double mean = share > NEGLIGIBLE ? last.base() / share : last.residual();
        return mean + BASE_GAIN * (residual - mean);
    }

    /** How many labels would have come between the last one and an event of that time; 0 for the very next. */
    double age(long eventTime) {
        if (Double.isNaN(time) || interval <= 0) {
            return 0;
        }
        return Math.max(0, Math.rint(Math.abs(eventTime - time) / interval) - 1);
    }

    /** The same in another unit of real targets. */
    Recent rescaled(double factor) {
        double square2 = factor * factor;
        return new Recent(
                last.rescaled(factor),
                square2 * product,
                square2 * square,
                time,
                interval,
                calibration,
                outliers,
                far,
                carry.rescaled(factor));
    }

    static Recent load(DoubleBuffer in) {
        double[] s = new double[SIZE - Carry.SIZE - 1];
        in.get(s);
        Carry carry = Carry.load(in);
        Last last = new Last(s[0], s[1], s[2], in.get());
        return new Recent(last, s[3], s[4], s[5], s[6], s[7], new Outliers(s[8]), s[9], carry);
    }

    /**
     * The stored form: residual, label, volatility, product, square, time, interval, calibration, outliers, far, carry,
     * base.
     */
    void store(DoubleBuffer out) {
        out.put(last.residual())
                .put(last.label())
                .put(last.volatility())
                .put(product)
                .put(square);
        out.put(time).put(interval).put(calibration).put(outliers.share()).put(far);
        carry.store(out);
        out.put(last.base());
    }

    /**
     * Whether an error is one of a wrong label rather than of a change: an outlier, of which there are few, that does not
     * follow its like. Nothing is learned from it, but for the last residual where outliers have been followed by their
     * like, since there it may be the first after a step.
     */
    boolean lone(double z) {
        return z * z > Outliers.SQUARE * calibration && outliers.next(true).rare() && !follows(z);
    }

    /** Whether an outlier makes the one before it a step: to the same side, and as far where such are seldom followed. */
    private boolean follows(double z) {
        boolean asFar = (z - far) * (z - far) < Outliers.SQUARE * calibration;
        return z * far > 0 && (asFar || carry.carries(autocorrelation()));
    }

    Recent next(double newResidual, double newLabel, double z, long eventTime, boolean levels) {
        double surprise = z * z;
        double limit = Outliers.SQUARE * calibration;
        boolean outlier = surprise > limit;
        Outliers met = outliers.next(outlier);
        double gap = Double.isNaN(time) ? 0 : Math.abs(eventTime - time);
        double step = interval <= 0 ? gap : INTERVAL_MEMORY * interval + (1 - INTERVAL_MEMORY) * gap;
        double to = outlier ? Math.max(-FARTHEST, Math.min(FARTHEST, z)) : 0;
        Carry followed = carry.next(newResidual);
        if (lone(z)) {
            boolean carries = followed.carries(autocorrelation());
            Last kept = carries
                    ? new Last(newResidual, newLabel, last.volatility(), levels ? walking() * newResidual : 0)
                    : last;
            return new Recent(
                    kept,
                    product,
                    square,
                    eventTime,
                    step,
                    calibration,
                    met,
                    to,
                    followed.after(last.residual(), newResidual));
        }
        double seen = outlier && met.rare() ? calibration : Math.min(surprise, limit);
        double calibrated = calibration + (seen - calibration) / CALIBRATION_MEMORY;
        double volatility = VOLATILITY_MEMORY * last.volatility()
                + (1 - VOLATILITY_MEMORY) * Math.min(JUMP, surprise / calibration);
        double newProduct = MEMORY * product + newResidual * last.residual();
        double newSquare = MEMORY * square + newResidual * newResidual;
        double base = levels ? walking(newProduct / newSquare) * (outlier ? newResidual : mean(newResidual)) : 0;
        return new Recent(
                new Last(newResidual, newLabel, volatility, base),
                newProduct,
                newSquare,
                eventTime,
                step,
                Math.max(1 / LIMIT, Math.min(LIMIT, calibrated)),
                met,
                to,
                followed);
    }
}
