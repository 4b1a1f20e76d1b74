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
    static final int SIZE = 10 + Carry.SIZE;

    /**
     * What the last labels were.
     *
     * @param residual the last label less the network's output, standardised; for two classes less its probability
     * @param label the last label as ±1, for two classes
     * @param volatility recent mean of squared standardised errors of the mixture
     */
    record Last(double residual, double label, double volatility) {
        static final Last NOTHING = new Last(0, 0, 1);

        Last rescaled(double factor) {
            return new Last(factor * residual, label, volatility);
        }
    }

    private static final double CALIBRATION_MEMORY = 500;
    private static final double LIMIT = 10;
    private static final double MEMORY = 0.999;
    private static final double VOLATILITY_MEMORY = 0.9;
    private static final double INTERVAL_MEMORY = 0.99;
    private static final double JUMP = 16;
    private static final double FARTHEST = 1e9;

    static final Recent NOTHING =
            new Recent(Last.NOTHING, 0, 1e-3, Double.NaN, 0, 1, new Outliers(0), 0, Carry.UNKNOWN);

    /** Lag-one autocorrelation of the residuals, within 0 … 0.99. */
    double autocorrelation() {
        return Math.max(0, Math.min(0.99, product / square));
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
        return new Recent(
                new Last(in.get(), in.get(), in.get()),
                in.get(),
                in.get(),
                in.get(),
                in.get(),
                in.get(),
                new Outliers(in.get()),
                in.get(),
                Carry.load(in));
    }

    /** The stored form: residual, label, volatility, product, square, time, interval, calibration, outliers, far, carry. */
    void store(DoubleBuffer out) {
        out.put(last.residual())
                .put(last.label())
                .put(last.volatility())
                .put(product)
                .put(square);
        out.put(time).put(interval).put(calibration).put(outliers.share()).put(far);
        carry.store(out);
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

    Recent next(double newResidual, double newLabel, double z, long eventTime) {
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
            Last kept = carries ? new Last(newResidual, newLabel, last.volatility()) : last;
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
        return new Recent(
                new Last(newResidual, newLabel, volatility),
                MEMORY * product + newResidual * last.residual(),
                MEMORY * square + newResidual * newResidual,
                eventTime,
                step,
                Math.max(1 / LIMIT, Math.min(LIMIT, calibrated)),
                met,
                to,
                followed);
    }
}
