package io.credence.bayes.inference;

import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Labels that take the place of others once these were learned. Functions of what they are given. */
final class Amendments {
    private Amendments() {}

    /**
     * The open minibatch without its corrections: those of its own events have taken effect.
     *
     * @param others those of events before it are put here, in order
     */
    static List<Observation> settle(List<Observation> open, List<Observation> others) {
        List<Observation> batch = new ArrayList<>();
        for (Observation entry : open) {
            if (entry.replaced() == null) {
                batch.add(entry);
            } else if (!replace(batch, entry)) {
                others.add(entry);
            }
        }
        return List.copyOf(batch);
    }

    private static boolean replace(List<Observation> batch, Observation correction) {
        for (int i = 0; i < batch.size(); i++) {
            Observation event = batch.get(i);
            if (event.isOf(correction)) {
                batch.set(
                        i,
                        new Observation(
                                event.modelKey(),
                                event.eventId(),
                                event.timestamp(),
                                event.features(),
                                correction.label(),
                                correction.prior()));
                return true;
            }
        }
        return false;
    }

    /** What is held of an event once it is corrected; the level that its label was learned without stays. */
    static Observation held(Observation event, Observation correction, Observation.Replaced before) {
        double label = event.label() == before.label()
                ? correction.label()
                : event.label() + (correction.label() - before.label());
        return event.withLabel(label);
    }

    /**
     * The metrics after a correction. Only what was predicted when the event was asked about can be measured again, and only
     * of the epoch that is counted: a command may have set the counters anew since.
     */
    static PrequentialSums counted(PrequentialSums sums, Observation correction, ModelVersion now) {
        Observation.Replaced before = correction.replaced();
        @Nullable Foretold by = before == null ? null : before.prior();
        @Nullable Foretold then = correction.prior();
        return before == null || by == null || then == null || then.epoch() != now.epoch() || sums.n() == 0
                ? sums
                : sums.corrected(before.label(), by, correction.label(), then);
    }
}
