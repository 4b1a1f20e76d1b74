package io.credence.tool.evaluate;

import io.credence.bayes.alert.AlertRules;
import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;

/** The episodes of the rows of a table, by the rules that are usual. One thread. */
final class Firing {
    private static final String TABLE = "rows";

    private Episodes episodes = Episodes.of(TABLE);
    private String last = "";

    /** Which episode fires after a row, empty for none, and whether it begins there. */
    record Fired(String id, boolean begins) {}

    /** Takes a row that was learned. */
    Fired take(int row, Observation event, Prediction prediction, Verdict verdict) {
        episodes = episodes.take(notice(row, event, prediction, verdict), AlertRules.USUAL)
                .next();
        Episode firing = episodes.firing();
        String id = firing == null ? "" : firing.id();
        boolean begins = !id.isEmpty() && !id.equals(last);
        last = id.isEmpty() ? last : id;
        return new Fired(id, begins);
    }

    private static Notice notice(int row, Observation event, Prediction prediction, Verdict verdict) {
        Flags flags = prediction.flags();
        List<String> features = new ArrayList<>(flags.outOfRangeFeatures());
        features.addAll(verdict.repeating());
        return new Notice(
                Notice.Source.LEARNING,
                Integer.toString(row),
                event.timestamp(),
                1,
                verdict.raises(),
                verdict.clears(),
                Math.max(verdict.grade(), flags.outOfRangeGrade()),
                1,
                prediction.mean(),
                event.label(),
                prediction.lower(),
                prediction.upper(),
                verdict.alarms(),
                features,
                new byte[0]);
    }
}
