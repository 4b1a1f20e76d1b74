package io.credence.stream.topology;

import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Line;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.config.AlertSection;
import io.credence.stream.event.AlarmKinds;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which episode somebody means, among those that are remembered of the model.
 *
 * @param open whether feedback is asked for; what is read after it was refuses
 */
record FeedbackDesk(boolean open) {
    /**
     * What is said, by the episode's own id and with its kinds.
     *
     * @param episodes of the model as they are
     * @return rejected if no episode is meant or several are, if it is of no kind that feedback moves, or all was said before
     */
    Outcome<Remark> resolve(Episodes episodes, Remark said) {
        if (!open) {
            return bad(AlertSection.FEEDBACK + " is not set any more");
        }
        if (episodes.clock() == Line.NEVER) {
            return bad("there is no model '" + episodes.modelKey() + "' that could heed it");
        }
        return (said.missed() ? Outcome.of(said) : falseAlarm(episodes, said))
                .flatMap(remark -> episodes.unsaid(remark).questions().isEmpty()
                        ? bad("that '" + remark.about() + "' was " + (said.missed() ? "missed" : "a false alarm")
                                + " has been said: each time counts; `model feedback --again` says it once more")
                        : Outcome.of(episodes.unsaid(remark)));
    }

    private static Outcome<Remark> falseAlarm(Episodes episodes, Remark said) {
        Map<String, Set<Question>> found = episodes.called(said.about());
        if (found.size() > 1) {
            return bad("event '" + said.about() + "' is the worst of several episodes: take one of their ids, "
                    + found.keySet());
        }
        return found.entrySet().stream()
                .findFirst()
                .map(episode -> AlarmKinds.falseAlarm(episode.getKey(), episode.getValue(), said.questions())
                        .map(kinds -> new Remark(episode.getKey(), false, kinds)))
                .orElseGet(() -> bad("'" + said.about() + "' is neither one of the last episodes of model '"
                        + episodes.modelKey()
                        + "' nor the worst event of one: take the episodeId or eventId of an alert's"
                        + " last record; `model feedback` finds older ones on the alerts topic"));
    }

    private static <T> Outcome<T> bad(String detail) {
        return Outcome.reject(Reason.BAD_FEEDBACK, detail);
    }
}
