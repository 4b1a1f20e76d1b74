package io.credence.bayes.alert;

import java.util.Set;

/**
 * What somebody said of an episode or event: remembered, so that saying it twice counts once.
 *
 * @param about the episode or event
 * @param missed whether there was no alert where there should have been; else there was one where there should not
 * @param questions of the alarms that are meant
 */
public record Remark(String about, boolean missed, Set<Question> questions) {
    public Remark {
        questions = Question.ordered(questions);
    }

    /** Whether the other says the same of the same, of whichever questions. */
    boolean isLike(Remark other) {
        return about.equals(other.about) && missed == other.missed;
    }
}
