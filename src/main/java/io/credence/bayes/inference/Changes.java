package io.credence.bayes.inference;

import io.credence.bayes.drift.ChangeWatch;
import io.credence.bayes.drift.FoundChange;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells when the stream has changed, and which features that has to do with. */
final class Changes {
    /** Features that are told of. */
    private static final int MOST = 16;

    private final FeatureEncoder features;
    private final ChangeWatch watch;

    private Changes(Shape shape, ChangeWatch watch) {
        this.features = shape.spec().features();
        this.watch = watch;
    }

    static Changes create(Shape shape) {
        return new Changes(shape, ChangeWatch.create(watched(shape), aftermath(shape)));
    }

    static Changes of(Shape shape, double[] stored, int from) {
        return new Changes(shape, ChangeWatch.of(watched(shape), aftermath(shape), stored, from));
    }

    static int length(Shape shape) {
        return ChangeWatch.length(shape.layout().inputs());
    }

    void store(double[] out, int from) {
        watch.store(out, from);
    }

    /** Features of the past move with the label, which is no input. */
    private static boolean[] watched(Shape shape) {
        FeatureEncoder features = shape.spec().features();
        boolean[] watched = new boolean[shape.layout().inputs()];
        for (int c = 0; c < watched.length; c++) {
            watched[c] = !features.remembers(features.featureOf(c));
        }
        return watched;
    }

    /** A rival knows a change alone once its window holds nothing older, and needs as long again to prove it. */
    private static long aftermath(Shape shape) {
        return 2L * shape.rivalEvents();
    }

    /**
     * Takes an event.
     *
     * @param x its features, standardised as they were for its prediction
     * @param number of the event, from 1
     * @param restarts columns whose statistics have started over with it
     * @param takeOver whether a rival has taken over with it
     */
    @Nullable
    Change take(
            Observation event,
            float[] x,
            Unexpected unexpected,
            long number,
            List<ChangeWatch.Restart> restarts,
            boolean takeOver) {
        FoundChange found = watch.take(
                new ChangeWatch.Tested(number, x, unexpected.residual(), unexpected.loss(), event.timestamp()),
                restarts,
                takeOver);
        return found == null
                ? null
                : new Change(
                        Change.Cause.valueOf(found.cause().name()),
                        found.evidence(),
                        ChangeWatch.threshold(x.length),
                        number - found.events() + 1,
                        number,
                        found.fromTime(),
                        event.timestamp(),
                        found.lossBefore(),
                        found.lossAfter(),
                        found.level(),
                        inputs(found));
    }

    private List<Change.Input> inputs(FoundChange found) {
        double inputs =
                Math.max(Double.MIN_NORMAL, Arrays.stream(found.inputs()).sum());
        double relations =
                Math.max(Double.MIN_NORMAL, Arrays.stream(found.relations()).sum());
        Map<String, Change.Input> parts = new LinkedHashMap<>();
        for (int c = 0; c < found.inputs().length; c++) {
            Change.Input part = new Change.Input(
                    features.featureOf(c),
                    found.moved()[c],
                    found.spread()[c],
                    found.inputs()[c] / inputs,
                    found.relations()[c] / relations);
            parts.merge(part.feature(), part, Changes::together);
        }
        Comparator<Change.Input> byShare = Comparator.comparingDouble(
                found.cause() == FoundChange.Cause.INPUTS ? Change.Input::share : Change.Input::relation);
        List<Change.Input> sorted = new ArrayList<>(parts.values());
        sorted.sort(byShare.reversed());
        return sorted.subList(0, Math.min(MOST, sorted.size()));
    }

    private static Change.Input together(Change.Input one, Change.Input other) {
        Change.Input farther = other.share() > one.share() ? other : one;
        return new Change.Input(
                one.feature(),
                farther.moved(),
                farther.spread(),
                one.share() + other.share(),
                one.relation() + other.relation());
    }
}
